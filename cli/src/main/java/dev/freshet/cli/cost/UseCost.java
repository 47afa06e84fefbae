package dev.freshet.cli.cost;

import java.util.List;
import java.util.TreeSet;

/**
 * The bill of a workload, on top of the idle bill. It is computed from rates that are steady: each
 * shard is polled once a second and batches grow with the load, each instance of <em>recommend</em>
 * is busy half of the time and follows every version of the model. Catalogue, profiles and privacy
 * requests are left out, and so are the daily storage of logs, requests to the key, and snapshots.
 */
final class UseCost {
    /** Events a second for which one shard is used, 70 % of what it takes. */
    static final double EVENTS_PER_SHARD = 700;

    private static final double POLLS_PER_SECOND = 1;
    private static final double EVENTS_PER_BATCH = 200;
    private static final double EXAMPLE_RECORDS_PER_BATCH = 1_000;

    /** Looks for a newer model of one instance, at most one in 150 ms. */
    static final double LOOKS_PER_SECOND = 1 / 0.15;

    private static final double INTERACTIONS_MONTHS = 90 / (730 / 24.0);

    private final StackTemplate stack;
    private final MeasuredUnits units;
    private final Workload load;
    private final Bill.Builder bill;
    private final double shards;
    private final double batchesPerSecond;
    private final double versionsPerSecond;

    private UseCost(StackTemplate stack, MeasuredUnits units, PriceList prices, Workload load) {
        this.stack = stack;
        this.units = units;
        this.load = load;
        this.bill = new Bill.Builder(prices);
        shards =
                Math.max(
                        Math.max(1, stack.shards("Events")),
                        Math.ceil(load.eventsPerSecond() / EVENTS_PER_SHARD));
        batchesPerSecond =
                Math.max(
                        Math.min(load.eventRequestsPerSecond(), shards * POLLS_PER_SECOND),
                        load.eventsPerSecond() / EVENTS_PER_BATCH);
        versionsPerSecond =
                Math.max(
                        Math.min(batchesPerSecond, POLLS_PER_SECOND),
                        batchesPerSecond / EXAMPLE_RECORDS_PER_BATCH);
    }

    static Bill of(StackTemplate stack, MeasuredUnits units, PriceList prices, Workload load) {
        UseCost cost = new UseCost(stack, units, prices, load);
        cost.entrance();
        cost.streams();
        cost.writes();
        cost.reads();
        cost.metrics();
        LakeCost.addUse(cost.bill, stack, load.events());
        return cost.bill.build();
    }

    private void entrance() {
        double requests =
                (load.eventRequestsPerSecond() + load.recommendationsPerSecond()) * month();
        bill.add(
                stack.isHttpApi() ? Charge.HTTP_API_REQUEST : Charge.REST_API_REQUEST,
                "requests to the API",
                requests);
        if (stack.logsRequests()) {
            bill.add(
                    Charge.LOG_GB,
                    "access log of the API",
                    IdleCost.gb(requests * units.accessLogBytes()));
        }
        if (stack.count("AWS::WAFv2::WebACL") > 0) {
            bill.add(Charge.WAF_REQUEST, "requests that the web ACL inspects", requests);
        }
        // One credential; API Gateway caches what the authorizer answers for a minute.
        double checks = Math.min(requests, month() / 60);
        function("Authorize", checks, units.of("Authorize").part("invocation").times(checks));
    }

    private void streams() {
        double more = shards - Math.max(1, stack.shards("Events"));
        bill.add(Charge.KINESIS_SHARD_HOUR, "more shards for the events", 730 * more);
        if (stack.streams().stream().anyMatch(StackTemplate::keepsLonger)) {
            bill.add(
                    Charge.KINESIS_EXTENDED_SHARD_HOUR,
                    "more records kept for more than a day",
                    730 * more);
        }
    }

    private void writes() {
        double requests = load.eventRequestsPerSecond() * month();
        double batches = batchesPerSecond * month();
        double versions = versionsPerSecond * month();
        double impressions = load.events() * load.impressionShare();
        double interactions = load.events() - impressions;
        MeasuredUnits.OfFunction collect = units.of("Collect");
        Units collected =
                collect.part("invocation")
                        .times(requests)
                        .plus(collect.part("event").times(load.events()));
        function("Collect", requests, collected);
        MeasuredUnits.OfFunction features = units.of("Features");
        Units written =
                features.part("invocation")
                        .times(batches)
                        .plus(features.part("interaction").times(interactions))
                        .plus(features.part("impression").times(impressions))
                        .plus(features.part("outcome").times(load.events() * load.outcomeShare()));
        consumer("Features", batches, written);
        MeasuredUnits.OfFunction train = units.of("Train");
        consumer(
                "Train",
                versions,
                train.part("invocation")
                        .times(versions)
                        .plus(train.part("example").times(interactions)));
        double gb = IdleCost.gb(written.storedBytes()) * INTERACTIONS_MONTHS;
        bill.add(Charge.DYNAMODB_GB_MONTH, "interactions of 90 days", gb);
        if (stack.recoversTables()) {
            bill.add(Charge.DYNAMODB_RECOVERY_GB_MONTH, "point-in-time recovery", gb);
        }
        bill.add(Charge.TRANSFER_GB, "responses to events", IdleCost.gb(responses(collected)));
    }

    private void reads() {
        double requests = load.recommendations();
        if (requests == 0) {
            return;
        }
        MeasuredUnits.OfFunction recommend = units.of("Recommend");
        double busy =
                load.recommendationsPerSecond()
                        * recommend.part("invocation").milliseconds()
                        / 1_000;
        double instances = Math.max(1, 2 * busy);
        double looksPerInstance =
                Math.min(load.recommendationsPerSecond() / instances, LOOKS_PER_SECOND);
        double looks = instances * looksPerInstance * month();
        double versions = instances * Math.min(versionsPerSecond, looksPerInstance) * month();
        Units used =
                recommend
                        .part("invocation")
                        .times(requests)
                        .plus(recommend.part("look").times(looks))
                        .plus(recommend.part("version").times(versions));
        function("Recommend", requests, used);
        bill.add(Charge.TRANSFER_GB, "recommendations", IdleCost.gb(responses(used)));
    }

    private double responses(Units used) {
        return stack.compressesResponses() ? used.compressedBytes() : used.responseBytes();
    }

    /** Adds the custom metrics of the functions in use that the idle bill does not have. */
    private void metrics() {
        TreeSet<String> names = new TreeSet<>();
        List.of("Authorize", "Collect", "Features", "Train")
                .forEach(function -> names.addAll(units.of(function).metrics()));
        if (load.recommendationsPerSecond() > 0) {
            names.addAll(units.of("Recommend").metrics());
        }
        if (load.eventsPerSecond() > 0 || load.recommendationsPerSecond() > 0) {
            bill.add(Charge.CLOUDWATCH_METRIC, "custom metrics", names.size());
        }
    }

    /** Adds the work of a consumer of a stream, a function or the worker in its place. */
    private void consumer(String id, double batches, Units used) {
        if (stack.hasWorker()) {
            FunctionCost.addOfWorker(bill, id, used);
        } else {
            function(id, batches, used);
        }
    }

    private void function(String id, double invocations, Units used) {
        if (stack.hasFunction(id) && invocations > 0) {
            FunctionCost.add(bill, stack, units, id, invocations, used);
        }
    }

    private static double month() {
        return Workload.MONTH_SECONDS;
    }
}

package dev.freshet.cli.cost;

import static dev.freshet.cli.cost.Charge.CLOUDWATCH_METRIC;
import static dev.freshet.cli.cost.Charge.DYNAMODB_GB_MONTH;
import static dev.freshet.cli.cost.Charge.DYNAMODB_RECOVERY_GB_MONTH;
import static dev.freshet.cli.cost.Charge.HTTP_API_REQUEST;
import static dev.freshet.cli.cost.Charge.KINESIS_EXTENDED_SHARD_HOUR;
import static dev.freshet.cli.cost.Charge.KINESIS_SHARD_HOUR;
import static dev.freshet.cli.cost.Charge.LOG_GB;
import static dev.freshet.cli.cost.Charge.REST_API_REQUEST;
import static dev.freshet.cli.cost.Charge.TRANSFER_GB;
import static dev.freshet.cli.cost.Charge.WAF_REQUEST;
import static dev.freshet.cli.cost.Workload.MONTH_SECONDS;

import dev.freshet.cli.cost.MeasuredUnits.Units;
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
    private final Bill.Builder bill;
    private final Workload load;
    private final double shards;
    private final double batchesPerSecond;
    private final double versionsPerSecond;

    private UseCost(Bill.Builder bill, Workload load) {
        this.stack = bill.stack;
        this.units = bill.units;
        this.bill = bill;
        this.load = load;
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

    static void add(Bill.Builder bill, Workload load) {
        UseCost cost = new UseCost(bill, load);
        cost.entrance();
        cost.streams();
        cost.writes();
        cost.reads();
        cost.metrics();
        LakeCost.addUse(bill, load.events());
    }

    private void entrance() {
        double requests =
                (load.eventRequestsPerSecond() + load.recommendationsPerSecond()) * MONTH_SECONDS;
        Charge request = stack.isHttpApi() ? HTTP_API_REQUEST : REST_API_REQUEST;
        double logged = stack.logsRequests() ? requests * units.accessLogBytes() : 0;
        double inspected = stack.count("AWS::WAFv2::WebACL") > 0 ? requests : 0;
        bill.add(request, "requests to the API", requests)
                .add(LOG_GB, "access log of the API", Bill.gb(logged))
                .add(WAF_REQUEST, "requests that the web ACL inspects", inspected);
        // One credential; API Gateway caches what the authorizer answers for a minute.
        double checks = Math.min(requests, MONTH_SECONDS / 60);
        function("Authorize", checks, units.of("Authorize").part("invocation").times(checks));
    }

    private void streams() {
        double hours = 730 * (shards - Math.max(1, stack.shards("Events")));
        bill.add(KINESIS_SHARD_HOUR, "more shards for the events", hours);
        if (stack.keepsLonger()) {
            bill.add(KINESIS_EXTENDED_SHARD_HOUR, "more records kept for more than a day", hours);
        }
    }

    private void writes() {
        double requests = load.eventRequestsPerSecond() * MONTH_SECONDS;
        double batches = batchesPerSecond * MONTH_SECONDS;
        double versions = versionsPerSecond * MONTH_SECONDS;
        double impressions = load.events() * load.impressionShare();
        double interactions = load.events() - impressions;
        MeasuredUnits.OfFunction collect = units.of("Collect");
        Units collected =
                collect.part("invocation")
                        .times(requests)
                        .plus(load.events(), collect.part("event"));
        function("Collect", requests, collected);
        MeasuredUnits.OfFunction features = units.of("Features");
        Units written =
                features.part("invocation")
                        .times(batches)
                        .plus(interactions, features.part("interaction"))
                        .plus(impressions, features.part("impression"))
                        .plus(load.events() * load.outcomeShare(), features.part("outcome"));
        consumer("Features", batches, written);
        MeasuredUnits.OfFunction train = units.of("Train");
        consumer(
                "Train",
                versions,
                train.part("invocation").times(versions).plus(interactions, train.part("example")));
        double gb = Bill.gb(written.storedBytes()) * INTERACTIONS_MONTHS;
        bill.add(DYNAMODB_GB_MONTH, "interactions of 90 days", gb);
        if (stack.recoversTables()) {
            bill.add(DYNAMODB_RECOVERY_GB_MONTH, "point-in-time recovery", gb);
        }
        bill.add(TRANSFER_GB, "responses to events", Bill.gb(responses(collected)));
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
        double looks = instances * looksPerInstance * MONTH_SECONDS;
        double versions = instances * Math.min(versionsPerSecond, looksPerInstance) * MONTH_SECONDS;
        Units used =
                recommend
                        .part("invocation")
                        .times(requests)
                        .plus(looks, recommend.part("look"))
                        .plus(versions, recommend.part("version"));
        function("Recommend", requests, used);
        bill.add(TRANSFER_GB, "recommendations", Bill.gb(responses(used)));
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
            bill.add(CLOUDWATCH_METRIC, "custom metrics", names.size());
        }
    }

    /** Adds the work of a consumer of a stream, a function or the worker in its place. */
    private void consumer(String id, double batches, Units used) {
        if (stack.hasWorker()) {
            bill.consumed(id, used, 0);
        } else {
            function(id, batches, used);
        }
    }

    private void function(String id, double invocations, Units used) {
        if (stack.hasFunction(id) && invocations > 0) {
            bill.function(id, invocations, used);
        }
    }
}

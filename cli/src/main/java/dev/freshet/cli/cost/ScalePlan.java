package dev.freshet.cli.cost;

import static dev.freshet.cli.cost.ScalePlan.Step.A;
import static dev.freshet.cli.cost.ScalePlan.Step.B;
import static dev.freshet.cli.cost.ScalePlan.Step.C;
import static dev.freshet.cli.cost.ScalePlan.Step.D;
import static dev.freshet.cli.cost.ScalePlan.Step.E;
import static dev.freshet.cli.cost.ScalePlan.Step.F;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.console.Text;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a load demands of a stack, against the limits of AWS and of one trainer.
 *
 * <p>Computed from steady rates: shards filled to 70 %, an instance of <em>recommend</em> busy half
 * of the time, looks for a newer model at most each 150 ms and deltas read at most once a second.
 *
 * @param load the load
 * @param items items of the catalogue
 * @param eventShards shards of the stream {@code events}
 * @param instances instances of <em>recommend</em>
 * @param newestCopies copies of the row of the newest version that keep each at half of the reads
 *     that DynamoDB serves of one key
 * @param demands every demand with its limit, in the order of the report
 * @param month the bill of a month, in dollars
 */
record ScalePlan(
        Workload load,
        long items,
        int eventShards,
        int instances,
        int newestCopies,
        List<Demand> demands,
        double month) {
    /** The most items that a plan is made for. */
    static final long MAX_ITEMS = 1_000_000_000;

    /** The items at which the smaller speed of training was measured, and those of the larger. */
    private static final double MANY_ITEMS = 1_000_000;

    private static final double FEW_ITEMS = 41_000;

    /** Examples that one processor learns in a second with {@link #FEW_ITEMS}. */
    private static final double EXAMPLES_FEW_ITEMS = 23_035;

    /** Examples that one processor learns in a second with {@link #MANY_ITEMS}. */
    private static final double EXAMPLES_MANY_ITEMS = 8_067;

    /** Seconds in which a replica applies one example of a delta. */
    private static final double SECONDS_TO_FOLLOW = 7e-6;

    /** Bytes of an example on its stream. */
    private static final double EXAMPLE_BYTES = 80;

    /** Read units of a look at the row of the newest version. */
    private static final double UNITS_A_LOOK = 0.5;

    /**
     * Read units a second that one key shall serve: half of the 3,000 of a partition.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html">Partition
     *     keys</a>
     */
    static final double UNITS_OF_A_KEY = 1_500;

    private static final double MB_PER_PROCESSOR = 1_769;

    /**
     * The steps by which a stack grows, in their order; {@code docs/deploy.md} describes each. A
     * step applies when a demand of the plan that belongs to it is over its limit.
     */
    enum Step {
        /** More shards for the stream {@code events}, which may be added by the stack itself. */
        A("shards that scale themselves"),

        /** Several copies of the row that names the newest version of the model. */
        B("copies of the row of the newest version"),

        /** Quotas of the account and capacity of tables, to be asked for beforehand. */
        C("quotas and warm throughput"),

        /** Fewer processes, each of which answers many requests at once. */
        D("one process, many requests"),

        /** Several trainers, each of a part of the users. */
        E("trainers by user"),

        /** A model divided by items. */
        F("a model by item segments");

        private final String title;

        Step(String title) {
            this.title = title;
        }

        /** Returns a phrase for people. */
        String title() {
            return title;
        }
    }

    /**
     * One demand of the load.
     *
     * @param step the step that applies above the limit
     * @param what a phrase for people
     * @param value what the load needs, in {@code unit}
     * @param limit the value up to which a stack serves it as it is deployed
     * @param action what to do above the limit
     */
    record Demand(Step step, String what, double value, double limit, String unit, String action) {
        boolean over() {
            return value > limit;
        }
    }

    ScalePlan {
        demands = List.copyOf(demands);
    }

    /**
     * Makes a plan.
     *
     * @param stack the template of a prod stack
     * @throws IllegalArgumentException with a sentence, if the number of items is not allowed
     */
    static ScalePlan of(
            StackTemplate stack, MeasuredUnits units, PriceList prices, Workload load, long items) {
        requireItems(items);
        int shards =
                (int) Math.max(1, Math.ceil(load.eventsPerSecond() / UseCost.EVENTS_PER_SHARD));
        double busy = load.recommendationsPerSecond() * seconds(units, "Recommend");
        int instances = (int) Math.max(1, Math.ceil(2 * busy));
        double reads = readsOfNewest(load, instances);
        int copies = (int) Math.max(1, Math.ceil(reads / UNITS_OF_A_KEY));
        double events = load.eventsPerSecond();
        double requests = load.eventRequestsPerSecond() + load.recommendationsPerSecond();
        double running = instances + 2 * writing(units, load);
        double processors = stack.memoryGb("Train") * 1024 / MB_PER_PROCESSOR;
        int usual = Math.max(1, stack.shards("Events"));
        String scaling = "deploy with -c eventShardsMax=" + shards;
        String copying = "deploy with -c newestCopies=" + copies;
        String throttle = "ask for API Gateway's throttle of the account";
        String concurrent = "ask for Lambda's concurrent executions";
        String warm = "set the warm throughput of Interactions before the first day";
        String table = "ask for DynamoDB's table-level write throughput";
        String process = "serve many requests in one process";
        String trainers = "several trainers, each of a part of the users";
        String rows = "deltas of rows changed in place of examples";
        String segments = "a model by item segments; until then memory is cheaper";
        List<Demand> all = new ArrayList<>();
        all.add(new Demand(A, "shards of events", shards, usual, "shards", scaling));
        String newest = "reads of the newest version's row";
        all.add(new Demand(B, newest, reads, UNITS_OF_A_KEY, "units/s on a key", copying));
        all.add(new Demand(C, "requests to the API", requests, 10_000, "requests/s", throttle));
        String atOnce = "functions running at once";
        all.add(new Demand(C, atOnce, running, 1_000, "instances", concurrent));
        all.add(new Demand(C, "rows written", events, 4_000, "units/s", warm));
        all.add(new Demand(C, "rows written to one table", events, 40_000, "units/s", table));
        all.add(new Demand(D, "instances of recommend", instances, 1_000, "instances", process));
        all.add(new Demand(D, "deltas read", instances, 5_500, "GETs/s of a prefix", process));
        double learning = events / examplesPerSecond(items);
        all.add(new Demand(E, "training", learning, processors, "processors", trainers));
        double mb = events * EXAMPLE_BYTES / 1e6;
        all.add(new Demand(E, "examples", mb, 1, "MB/s of one shard", trainers));
        double following = events * SECONDS_TO_FOLLOW;
        all.add(new Demand(E, "following in every instance", following, 0.25, "processors", rows));
        all.add(new Demand(F, "items", items, 5_000_000, "items", segments));
        double month = new CostModel(stack, units, prices).of(load).total();
        return new ScalePlan(load, items, shards, instances, copies, all, month);
    }

    /** Refuses a number of items that no plan is made for, with a sentence. */
    static void requireItems(long items) {
        if (items < 1 || items > MAX_ITEMS) {
            throw new IllegalArgumentException(
                    "items must be between 1 and %d, not %d.".formatted(MAX_ITEMS, items));
        }
    }

    private static double seconds(MeasuredUnits units, String function) {
        return units.of(function).part("invocation").milliseconds() / 1_000;
    }

    /** Returns how many instances the write flow keeps busy. */
    private static double writing(MeasuredUnits units, Workload load) {
        double features =
                load.eventsPerSecond()
                        * units.of("Features").part("interaction").milliseconds()
                        / 1_000;
        return load.eventRequestsPerSecond() * seconds(units, "Collect") + features;
    }

    private static double readsOfNewest(Workload load, int instances) {
        double looks =
                Math.min(load.recommendationsPerSecond(), instances * UseCost.LOOKS_PER_SECOND);
        return looks * UNITS_A_LOOK;
    }

    /** Returns the measured speed of training, interpolated by the logarithm of the items. */
    static double examplesPerSecond(long items) {
        double share =
                Math.clamp(
                        Math.log(items / FEW_ITEMS) / Math.log(MANY_ITEMS / FEW_ITEMS), 0.0, 1.0);
        return EXAMPLES_FEW_ITEMS * Math.pow(EXAMPLES_MANY_ITEMS / EXAMPLES_FEW_ITEMS, share);
    }

    /** Returns the steps that apply, in their order. */
    Set<Step> steps() {
        Set<Step> steps = EnumSet.noneOf(Step.class);
        demands.stream().filter(Demand::over).forEach(demand -> steps.add(demand.step()));
        return steps;
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("eventsPerSecond", load.eventsPerSecond())
                .put("recommendationsPerSecond", load.recommendationsPerSecond())
                .put("items", items)
                .put("eventShards", eventShards)
                .put("instances", instances)
                .put("newestCopies", newestCopies)
                .put("month", Math.round(month * 100) / 100.0);
        ArrayNode steps = json.putArray("steps");
        steps().forEach(step -> steps.add(step.name()));
        ArrayNode list = json.putArray("demands");
        for (Demand demand : demands) {
            ObjectNode each =
                    list.addObject()
                            .put("what", demand.what())
                            .put("value", demand.value())
                            .put("limit", demand.limit())
                            .put("unit", demand.unit());
            if (demand.over()) {
                each.put("step", demand.step().name()).put("action", demand.action());
            }
        }
        return json;
    }

    String toText() {
        Text text = new Text();
        text.add("%-36s %12s %12s  %s", "what the load demands", "value", "limit", "unit");
        for (Demand demand : demands) {
            text.add(
                    "%-36s %12s %12s  %s%s",
                    demand.what(),
                    number(demand.value()),
                    number(demand.limit()),
                    demand.unit(),
                    demand.over() ? "  <- step " + demand.step() : "");
        }
        text.add("");
        text.add("%-36s %12.0f", "$ a month", month);
        text.add("");
        if (steps().isEmpty()) {
            text.add("The stack serves this load as it is deployed.");
        }
        for (Step step : steps()) {
            text.add("Step %s, %s", step, step.title());
            demands.stream()
                    .filter(demand -> demand.over() && demand.step() == step)
                    .map(Demand::action)
                    .distinct()
                    .forEach(action -> text.add("  %s", action));
        }
        return text.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.2f", value);
    }
}

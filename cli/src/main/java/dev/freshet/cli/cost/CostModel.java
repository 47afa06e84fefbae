package dev.freshet.cli.cost;

import java.util.Optional;

/** Computes bills of one stack. */
public final class CostModel {
    /** The load at which the price of one more million events or recommendations is computed. */
    private static final Workload USUAL = Workload.of(100, 20);

    private final StackTemplate stack;
    private final MeasuredUnits units;
    private final PriceList prices;

    /** Creates the model of a stack. */
    public CostModel(StackTemplate stack, MeasuredUnits units, PriceList prices) {
        this.stack = stack;
        this.units = units;
        this.prices = prices;
    }

    /** Returns the bill of a month without any request. */
    public Bill idle() {
        return IdleCost.of(stack, units, prices);
    }

    /** Returns the bill of a month with this load. */
    public Bill of(Workload load) {
        return idle().and(UseCost.of(stack, units, prices, load));
    }

    /**
     * Returns the price of a million events with all that they cause, at 100 events a second and
     * without what an idle stack costs.
     *
     * @param eventsPerRequest how many events senders put into one request
     */
    public double perMillionEvents(double eventsPerRequest) {
        Workload load =
                new Workload(
                        USUAL.eventsPerSecond(),
                        0,
                        eventsPerRequest,
                        USUAL.impressionShare(),
                        USUAL.outcomeShare());
        return UseCost.of(stack, units, prices, load).total() / (load.events() / 1e6);
    }

    /** Returns the bill of a million lists in bulk; empty for a stack that makes none. */
    public Optional<Bill> millionInBulk() {
        return stack.hasFunction("Bulk")
                ? Optional.of(BulkCost.of(stack, units, prices, 1e6))
                : Optional.empty();
    }

    /**
     * Returns the estimated bill of a run of batch jobs over 100 million interactions; empty for a
     * stack without batch jobs.
     */
    public Optional<Bill> batchRun() {
        return BatchCost.of(stack, prices, BatchCost.HISTORY);
    }

    /**
     * Returns the price of a million recommendations with all that they cause, beside 100 events a
     * second.
     */
    public double perMillionRecommendations() {
        double with = UseCost.of(stack, units, prices, USUAL).total();
        double without = UseCost.of(stack, units, prices, USUAL.withoutRecommendations()).total();
        return (with - without) / (USUAL.recommendations() / 1e6);
    }
}

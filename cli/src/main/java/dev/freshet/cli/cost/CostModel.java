package dev.freshet.cli.cost;

import java.util.Optional;
import java.util.function.Consumer;

/** Computes bills of one stack. */
public record CostModel(StackTemplate stack, MeasuredUnits units, PriceList prices) {
    /** The load at which the price of one more million events or recommendations is computed. */
    private static final Workload USUAL = Workload.of(100, 20);

    private Bill bill(Consumer<Bill.Builder> charges) {
        Bill.Builder bill = new Bill.Builder(stack, units, prices);
        charges.accept(bill);
        return bill.build();
    }

    /** Returns the charges of a load alone. */
    Bill use(Workload load) {
        return bill(bill -> UseCost.add(bill, load));
    }

    /** Returns the bill of a month without any request. */
    public Bill idle() {
        return bill(IdleCost::add);
    }

    /** Returns the bill of a month with this load. */
    public Bill of(Workload load) {
        return idle().and(use(load));
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
        return use(load).total() / (load.events() / 1e6);
    }

    /** Returns the bill of a million lists in bulk; empty for a stack that makes none. */
    public Optional<Bill> millionInBulk() {
        return stack.hasFunction("Bulk")
                ? Optional.of(bill(bill -> RunCost.addBulk(bill, 1e6)))
                : Optional.empty();
    }

    /**
     * Returns the estimated bill of a run of batch jobs over 100 million interactions; empty for a
     * stack without batch jobs.
     */
    public Optional<Bill> batchRun() {
        return stack.ofType(StackTemplate.BATCH).stream()
                .findFirst()
                .map(application -> bill(bill -> RunCost.addBatch(bill, application)));
    }

    /**
     * Returns the price of a million recommendations with all that they cause, beside 100 events a
     * second.
     */
    public double perMillionRecommendations() {
        double more = use(USUAL).total() - use(USUAL.withoutRecommendations()).total();
        return more / (USUAL.recommendations() / 1e6);
    }
}

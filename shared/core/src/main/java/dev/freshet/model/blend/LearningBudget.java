package dev.freshet.model.blend;

/**
 * The amount of work that learning may take: a token bucket whose unit is about one number read.
 * Work is counted, not timed, so that all processes reach an equal state. A choice may be learned
 * from as long as the budget is above zero, and then takes its full cost, even into debt: whether a
 * choice is skipped never depends on its own cost.
 */
public final class LearningBudget {
    /**
     * The amount earned by every interaction: about 20 µs of one processor, including the reading
     * of lists.
     */
    public static final long EARNED = 2_500;

    /** The largest budget, which is also the initial one: some seconds. */
    public static final long CAPACITY = 1_000_000_000L;

    /** What learning from repeats may take beside it, as a share of the amounts above. */
    static final double OF_REPEATS = 0.25;

    private LearningBudget() {}
}

package dev.freshet.model.blend;

/**
 * How much work may go into learning: a token bucket in units of about one number read. Counted,
 * never timed, so that all come to the same state. A choice may be learned from as long as there is
 * credit, and then takes what it costs, be it into debt: so what is skipped does not depend on its
 * own cost.
 */
public final class LearningBudget {
    /**
     * Earned with every interaction: about 20 µs of one processor, the reading of lists included.
     */
    public static final long EARNED = 2_500;

    /** The most that is kept, and what a new site starts with: some seconds. */
    public static final long CAPACITY = 1_000_000_000L;

    private LearningBudget() {}
}

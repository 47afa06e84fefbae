package dev.freshet.bench.evaluate;

/** Subsets of the moments with figures of their own. */
enum Part {
    WHOLE,
    /** First interactions of a person with an item. */
    FIRST,
    /** Repeated interactions. */
    REPEATED,
    /** The stream after its first three tenths, on which settings may have been chosen. */
    LATE,
    /** People with at most {@value #FEW} earlier items. */
    THIN,
    /**
     * Items with one to {@value #FEW} earlier events; an item without any is a miss for every
     * method.
     */
    NEW_ITEMS,
    /** Items without earlier events, which are misses. */
    UNSEEN_ITEMS;

    /** Upper limit of a small number of items or events. */
    static final int FEW = 3;

    /** Position in the stream at which {@link #LATE} begins. */
    static final double LATE_FROM = 0.3;

    /** Returns the number of moments of the subset. */
    int count(Moments moments) {
        int count = 0;
        for (int at = 0; at < moments.size(); at++) {
            count += has(moments, at) ? 1 : 0;
        }
        return count;
    }

    boolean has(Moments moments, int at) {
        return switch (this) {
            case WHOLE -> true;
            case FIRST -> moments.first()[at];
            case REPEATED -> !moments.first()[at];
            case LATE -> moments.progress(at) >= LATE_FROM;
            case THIN -> moments.history()[at] <= FEW;
            case UNSEEN_ITEMS -> moments.itemEvents()[at] == 0;
            case NEW_ITEMS -> moments.itemEvents()[at] >= 1 && moments.itemEvents()[at] <= FEW;
        };
    }

    Figures of(Scoreboard scores, Moments moments) {
        return Figures.of(scores, moments, at -> has(moments, at));
    }
}

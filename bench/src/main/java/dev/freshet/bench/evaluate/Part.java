package dev.freshet.bench.evaluate;

/** Parts of the moments that have figures of their own. */
enum Part {
    WHOLE,
    /** The stream behind its first three tenths, on which settings may have been chosen. */
    LATE,
    /** People who had met at most {@value #FEW} items before. */
    THIN,
    /**
     * Items that had seen one to {@value #FEW} events: one that had seen none is a miss whatever is
     * recommended.
     */
    NEW_ITEMS,
    /** Items that nobody had met: misses. */
    NEVER_MET;

    /** What is few. */
    static final int FEW = 3;

    /** Where the late part begins. */
    static final double LATE_FROM = 0.3;

    /** How many moments it has. */
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
            case LATE -> moments.progress(at) >= LATE_FROM;
            case THIN -> moments.history()[at] <= FEW;
            case NEVER_MET -> moments.itemEvents()[at] == 0;
            case NEW_ITEMS -> moments.itemEvents()[at] >= 1 && moments.itemEvents()[at] <= FEW;
        };
    }

    Figures of(Scoreboard scores, Moments moments) {
        return Figures.of(scores, moments, at -> has(moments, at));
    }
}

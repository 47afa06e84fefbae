package dev.freshet.bench.evaluate;

/**
 * Place of the actual item among the items that could have been recommended.
 *
 * @param better number of other items with a higher score
 * @param equal number of other items with an equal score
 */
record RankedPlace(int better, int equal) {
    /** Rank of an item that could not be ranked. */
    static final float MISS = Float.POSITIVE_INFINITY;

    /**
     * Returns the expected rank, from 1, for a random order of items with equal scores: half of
     * them precede it.
     */
    float rank() {
        return 1 + better + equal / 2f;
    }
}

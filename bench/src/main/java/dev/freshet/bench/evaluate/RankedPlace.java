package dev.freshet.bench.evaluate;

/**
 * Where the item really met stands among those that could have been recommended.
 *
 * @param better how many others have a higher score
 * @param equal how many others have the same
 */
record RankedPlace(int better, int equal) {
    /** The rank of what could not be ranked at all. */
    static final float MISS = Float.POSITIVE_INFINITY;

    /**
     * The expected rank, from 1, where those with equal scores stand in random order: half of them
     * are before it.
     */
    float rank() {
        return 1 + better + equal / 2f;
    }
}

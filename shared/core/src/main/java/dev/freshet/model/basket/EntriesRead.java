package dev.freshet.model.basket;

import dev.freshet.model.settings.ModelSettings;

/**
 * The entries that were read of some baskets, in the order of the baskets, so that a second pass
 * over them reads memory in sequence. 8 B an entry, for at most {@link CoOccurrence#ENTRIES_READ}
 * and those of one basket more.
 */
final class EntriesRead {
    private static final int MOST = CoOccurrence.ENTRIES_READ + ModelSettings.BASKET_ENTRIES;

    private final int[] candidates = new int[MOST];
    private final float[] recent = new float[MOST];
    private final int[] starts = new int[CoOccurrence.HEAVIEST + 1];
    private int size;

    /** Removes all entries. */
    void clear() {
        size = 0;
    }

    /**
     * Adds an entry to the basket that is being read.
     *
     * @param candidate number of its item
     * @param share that recent co-occurrence passes to it, per unit of the basket's weight
     */
    void add(int candidate, float share) {
        candidates[size] = candidate;
        recent[size++] = share;
    }

    /** Ends the basket that is being read, by its number from 0. */
    void end(int basket) {
        starts[basket + 1] = size;
    }

    /** Returns the first entry of a basket; the last is before the start of the next one. */
    int start(int basket) {
        return starts[basket];
    }

    int candidate(int entry) {
        return candidates[entry];
    }

    float recent(int entry) {
        return recent[entry];
    }
}

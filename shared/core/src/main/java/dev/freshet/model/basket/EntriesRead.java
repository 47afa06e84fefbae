package dev.freshet.model.basket;

import dev.freshet.model.settings.ModelSettings;

/**
 * The entries that were read of some baskets, in the order of the baskets, so that further passes
 * over them read memory in sequence. 8 B an entry, for at most {@link CoOccurrence#ENTRIES_READ}
 * and those of one basket more.
 */
final class EntriesRead {
    private static final int MOST = CoOccurrence.ENTRIES_READ + ModelSettings.BASKET_ENTRIES;

    /** By entry, its item; after {@link #number} the number of the item. */
    private final int[] candidates = new int[MOST];

    private final int[] lastInteractions = new int[MOST];
    private final int[] starts = new int[CoOccurrence.HEAVIEST + 1];
    private int size;

    /** Removes all entries. */
    void clear() {
        size = 0;
    }

    /**
     * Adds an entry to the basket that is being read.
     *
     * @param lastInteractionAt as {@link dev.freshet.example.ModelTime}
     */
    void add(int item, int lastInteractionAt) {
        candidates[size] = item;
        lastInteractions[size++] = lastInteractionAt;
    }

    /** Ends the basket that is being read, by its number from 0. */
    void end(int basket) {
        starts[basket + 1] = size;
    }

    /**
     * Keeps the entries of the items that have a number.
     *
     * @param baskets how many were read
     */
    void number(int baskets, CommonItems common) {
        int from = 0;
        size = 0;
        for (int basket = 0; basket < baskets; basket++) {
            int end = starts[basket + 1];
            for (int entry = from; entry < end; entry++) {
                int number = common.number(candidates[entry]);
                candidates[size] = number;
                lastInteractions[size] = lastInteractions[entry];
                size += number >= 0 ? 1 : 0;
            }
            end(basket);
            from = end;
        }
    }

    /** Returns the first entry of a basket; the last is before the start of the next one. */
    int start(int basket) {
        return starts[basket];
    }

    /** Returns the number of an entry's item. */
    int candidate(int entry) {
        return candidates[entry];
    }

    /** Returns the time of an entry's latest interaction. */
    int lastInteractionAt(int entry) {
        return lastInteractions[entry];
    }
}

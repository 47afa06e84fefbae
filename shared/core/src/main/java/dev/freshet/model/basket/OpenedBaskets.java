package dev.freshet.model.basket;

import dev.freshet.model.history.BasketEntries;
import java.util.Arrays;

/**
 * Some baskets, looked up before any of them is read. Look-ups that follow each other at once wait
 * for memory together; with the reading of a basket between them, each waits for itself. For at
 * most {@link NextItems#MAX_OPENED} baskets. Not thread-safe.
 */
final class OpenedBaskets {
    private static final int MOST = NextItems.MAX_OPENED;

    private final int[][] baskets = new int[MOST][];
    private int size;

    /** Returns the number of baskets. */
    int size() {
        return size;
    }

    /** Returns a basket by its number, from 0. */
    int[] get(int number) {
        return baskets[number];
    }

    /**
     * Looks up the baskets of some slots, in place of those before.
     *
     * @param slots at most {@link NextItems#MAX_OPENED}
     * @param mostEntries no further basket is looked up once this many entries are in those before
     */
    void open(Baskets from, int[] slots, int mostEntries) {
        for (int at = 0; at < slots.length; at++) {
            baskets[at] = from.basket(slots[at]);
        }
        int entries = 0;
        size = 0;
        while (size < slots.length && entries < mostEntries) {
            entries += BasketEntries.size(baskets[size++]);
        }
    }

    /** Looks up the baskets of some slots too, behind those before. */
    void openMore(Baskets from, int[] slots) {
        for (int slot : slots) {
            baskets[size++] = from.basket(slot);
        }
    }

    /** Looks up the baskets of the last slots of an array, the last first. */
    void openLast(Baskets from, int[] slots, int most) {
        size = Math.min(most, slots.length);
        for (int at = 0; at < size; at++) {
            baskets[at] = from.basket(slots[slots.length - 1 - at]);
        }
    }

    /** Returns whether the baskets are these very arrays, in this order. */
    @SuppressWarnings("ReferenceEquality") // baskets are replaced, never changed
    boolean are(int[][] others) {
        boolean same = others.length == size;
        for (int at = 0; at < size && same; at++) {
            same = baskets[at] == others[at];
        }
        return same;
    }

    /** Returns the baskets in an array of their own. */
    int[][] copy() {
        return Arrays.copyOf(baskets, size);
    }

    /** Forgets the baskets, so that they may be collected with their model. */
    void clear() {
        Arrays.fill(baskets, null);
        size = 0;
    }
}

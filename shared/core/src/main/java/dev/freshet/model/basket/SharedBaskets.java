package dev.freshet.model.basket;

import dev.freshet.model.rows.DenseIndex;

/**
 * The baskets that hold any of a user's items, with those of some scored items that each one holds.
 * It serves the attribution of scores to a user's actions: what an item of the user gives to the
 * scored items is in the baskets of its postings. For an item held by more than {@link
 * dev.freshet.model.settings.ModelSettings#POSTINGS} baskets only the latest are known.
 *
 * <p>Costs one look-up in an array for each posting of the user's items, and two for each of the
 * scored ones.
 */
public final class SharedBaskets {
    private final int[] items;

    /** By the user's item and position in its postings, the number of the basket. */
    private final int[][] orders;

    private final int[] starts;
    private final int[] holds;

    /**
     * Creates the inversion.
     *
     * @param items the scored items
     * @param own the user's items
     */
    public SharedBaskets(Baskets baskets, int[] items, int[] own) {
        this.items = items;
        BasketScratch scratch = BasketScratch.of(baskets);
        DenseIndex slots = scratch.slots;
        orders = new int[own.length][];
        for (int rank = 0; rank < own.length; rank++) {
            int[] postings = baskets.postings(own[rank]);
            orders[rank] = new int[postings.length];
            for (int at = 0; at < postings.length; at++) {
                orders[rank][at] = slots.orderOrInsert(postings[at]);
            }
        }
        starts = new int[slots.size() + 1];
        for (int item : items) {
            for (int slot : baskets.postings(item)) {
                int order = slots.order(slot);
                if (order >= 0) {
                    starts[order + 1]++;
                }
            }
        }
        for (int order = 0; order < slots.size(); order++) {
            starts[order + 1] += starts[order];
        }
        holds = new int[starts[slots.size()]];
        int[] ends = starts.clone();
        for (int at = 0; at < items.length; at++) {
            for (int slot : baskets.postings(items[at])) {
                int order = slots.order(slot);
                if (order >= 0) {
                    holds[ends[order]++] = at;
                }
            }
        }
        slots.clear();
        scratch.release();
    }

    /** Returns the number of scored items. */
    public int size() {
        return items.length;
    }

    /** Returns a scored item by its index in the constructor's array. */
    public int item(int at) {
        return items[at];
    }

    /** Returns the number of baskets that hold any of the user's items. */
    int baskets() {
        return starts.length - 1;
    }

    /**
     * Returns the numbers of the baskets of one of the user's items, in the order of its postings.
     * Nobody changes them.
     */
    int[] orders(int rank) {
        return orders[rank];
    }

    /** Returns whether a basket holds any scored item. */
    boolean holdsAny(int order) {
        return starts[order] < starts[order + 1];
    }

    /**
     * Returns the first position of a basket's items, for use with {@link #at}; the last is before
     * the start of the next basket.
     */
    int start(int order) {
        return starts[order];
    }

    /** Returns the index, in the constructor's array, of the item at a position. */
    int at(int position) {
        return holds[position];
    }
}

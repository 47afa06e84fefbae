package dev.freshet.model.basket;

import dev.freshet.model.rows.IntIndex;
import java.util.Arrays;

/**
 * The baskets that hold any of some items, with the items that each one holds: the inversion of the
 * items' postings. It serves the attribution of scores to a user's actions, where a basket that
 * holds none of the items costs one lookup. For an item held by more than {@link
 * dev.freshet.model.settings.ModelSettings#POSTINGS} baskets only the latest are known.
 */
public final class SharedBaskets {
    private final int[] items;
    private final IntIndex slots;
    private final int[] starts;
    private final int[] holds;

    /** Creates the inversion for these items. */
    public SharedBaskets(Baskets baskets, int[] items) {
        this.items = items;
        int postings = 0;
        for (int item : items) {
            postings += baskets.postings(item).length;
        }
        slots = new IntIndex(postings);
        int[] counts = new int[slots.capacity() + 1];
        for (int item : items) {
            for (int slot : baskets.postings(item)) {
                int order = slots.orderOrInsert(slot);
                if (order + 1 >= counts.length) {
                    counts = Arrays.copyOf(counts, 2 * counts.length);
                }
                counts[order + 1]++;
            }
        }
        starts = Arrays.copyOf(counts, slots.size() + 1);
        for (int order = 0; order < slots.size(); order++) {
            starts[order + 1] += starts[order];
        }
        holds = new int[starts[slots.size()]];
        int[] ends = starts.clone();
        for (int at = 0; at < items.length; at++) {
            for (int slot : baskets.postings(items[at])) {
                holds[ends[slots.order(slot)]++] = at;
            }
        }
    }

    /** Returns the number of items. */
    public int size() {
        return items.length;
    }

    /** Returns an item by its index in the constructor's array. */
    public int item(int at) {
        return items[at];
    }

    /** Returns the number of baskets that hold any item. */
    int baskets() {
        return slots.size();
    }

    /** Returns the number of a basket among those that hold any item, or −1. */
    int order(int slot) {
        return slots.order(slot);
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

package dev.freshet.model.basket;

import dev.freshet.model.rows.IntIndex;
import java.util.Arrays;

/**
 * Which of some items stand in which basket: the postings of the items, turned round. Read by
 * whoever asks what an act of a reader's did for those items: a basket that holds none of them is
 * one look-up. Of an item held by more than {@link
 * dev.freshet.model.settings.ModelSettings#POSTINGS} baskets the latest alone.
 */
public final class SharedBaskets {
    private final int[] items;
    private final IntIndex slots;
    private final int[] starts;
    private final int[] holds;

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

    /** How many items were asked about. */
    public int size() {
        return items.length;
    }

    public int item(int at) {
        return items[at];
    }

    /** The basket's number among those that hold any, or −1. */
    int order(int slot) {
        return slots.order(slot);
    }

    /** Where the items of a basket begin: for {@link #at}, up to where those of the next do. */
    int start(int order) {
        return starts[order];
    }

    /** Which of the items asked about, from 0. */
    int at(int position) {
        return holds[position];
    }
}

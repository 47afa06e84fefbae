package dev.freshet.bench.baseline;

import java.util.Arrays;

/**
 * The latest items of each owner (a person or a basket) in the order of events, repeats included:
 * at least the latest {@value #MAX_EVENTS} of an owner with that many.
 */
final class Sequences {
    static final int MAX_EVENTS = 200;

    private static final int[] NONE = {};

    private int[][] items = new int[16][];
    private int[] lengths = new int[16];

    /** Returns the number of kept events of the owner, at most twice {@value #MAX_EVENTS}. */
    int length(int owner) {
        return owner < lengths.length ? lengths[owner] : 0;
    }

    /**
     * Returns the owner's items, oldest first, from 0 to {@link #length}; valid until the next
     * {@link #add}.
     */
    int[] items(int owner) {
        int[] own = owner < items.length ? items[owner] : null;
        return own == null ? NONE : own;
    }

    void add(int owner, int item) {
        if (owner >= items.length) {
            int size = Math.max(owner + 1, 2 * items.length);
            items = Arrays.copyOf(items, size);
            lengths = Arrays.copyOf(lengths, size);
        }
        int[] own = items(owner);
        int length = lengths[owner];
        if (length == 2 * MAX_EVENTS) {
            System.arraycopy(own, MAX_EVENTS, own, 0, MAX_EVENTS);
            length = MAX_EVENTS;
        } else if (length == own.length) {
            own = Arrays.copyOf(own, Math.min(2 * MAX_EVENTS, Math.max(4, 2 * length)));
            items[owner] = own;
        }
        own[length] = item;
        lengths[owner] = length + 1;
    }
}

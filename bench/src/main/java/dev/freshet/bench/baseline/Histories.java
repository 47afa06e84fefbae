package dev.freshet.bench.baseline;

import java.util.Arrays;

/**
 * Item histories by owner (a person or a session): the most recent {@value #MAX_ITEMS} distinct
 * items of each, in the order of their latest interaction. Adding costs O(1) for a new item below
 * the bound, otherwise O(length).
 */
final class Histories {
    static final int MAX_ITEMS = 1_000;

    private static final int[] NONE = {};

    private int[][] items = new int[16][];
    private int[] lengths = new int[16];
    private int owners;

    /** Returns the number of owners, which are numbered from 0. */
    int owners() {
        return owners;
    }

    /** Returns the number of items of the owner; 0 for an unknown one. */
    int length(int owner) {
        return owner < owners ? lengths[owner] : 0;
    }

    /**
     * Returns the owner's items, oldest first, from 0 to {@link #length}; later elements are
     * undefined. The array is not a copy: it must not be modified and is valid until the next
     * {@link #add}.
     */
    int[] items(int owner) {
        if (owner >= owners) {
            return NONE;
        }
        int[] own = items[owner];
        return own == null ? NONE : own;
    }

    /** Returns whether the owner has the item; O(length). */
    boolean holds(int owner, int item) {
        return indexOf(owner, item) >= 0;
    }

    /** Adds the item as the owner's newest; returns whether it was absent before. */
    boolean add(int owner, int item) {
        makeRoomFor(owner);
        int found = indexOf(owner, item);
        int length = lengths[owner];
        if (found < 0 && length == MAX_ITEMS) {
            found = 0;
        }
        int[] own = items(owner);
        boolean isNew = found < 0 || own[found] != item;
        if (found >= 0) {
            System.arraycopy(own, found + 1, own, found, length - found - 1);
            own[length - 1] = item;
            return isNew;
        }
        if (length == own.length) {
            own = Arrays.copyOf(own, Math.min(MAX_ITEMS, Math.max(4, 2 * length)));
            items[owner] = own;
        }
        own[length] = item;
        lengths[owner] = length + 1;
        return true;
    }

    private int indexOf(int owner, int item) {
        int[] own = items(owner);
        for (int i = length(owner) - 1; i >= 0; i--) {
            if (own[i] == item) {
                return i;
            }
        }
        return -1;
    }

    private void makeRoomFor(int owner) {
        if (owner >= items.length) {
            int size = Math.max(owner + 1, 2 * items.length);
            items = Arrays.copyOf(items, size);
            lengths = Arrays.copyOf(lengths, size);
        }
        owners = Math.max(owners, owner + 1);
    }
}

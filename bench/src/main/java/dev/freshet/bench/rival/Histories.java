package dev.freshet.bench.rival;

import java.util.Arrays;

/**
 * Who met what: for each owner (a person, a session) its distinct items, the most recent {@value
 * #MAX_ITEMS}, in the order of their latest meeting. Adding costs O(1) for a new item below the
 * bound, else O(length).
 */
final class Histories {
    static final int MAX_ITEMS = 1_000;

    private static final int[] NONE = {};

    private int[][] items = new int[16][];
    private int[] lengths = new int[16];
    private int owners;

    /** Owners are numbered from 0 to this, exclusive. */
    int owners() {
        return owners;
    }

    /** How many items the owner has; 0 for one never seen. */
    int length(int owner) {
        return owner < owners ? lengths[owner] : 0;
    }

    /**
     * The owner's items, oldest first, from 0 to {@link #length}; what is beyond means nothing. The
     * very array: not to be written, and valid until the next {@link #add}.
     */
    int[] items(int owner) {
        if (owner >= owners) {
            return NONE;
        }
        int[] own = items[owner];
        return own == null ? NONE : own;
    }

    /** Whether the owner has the item; O(length). */
    boolean holds(int owner, int item) {
        return indexOf(owner, item) >= 0;
    }

    /** Puts the item at the owner's newest end; whether it was not there before. */
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

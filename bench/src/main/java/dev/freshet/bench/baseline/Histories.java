package dev.freshet.bench.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Item histories by owner (a person or a session): the most recent {@value #MAX_ITEMS} distinct
 * items of each, in the order of their latest interaction. Adding costs O(length).
 */
final class Histories {
    static final int MAX_ITEMS = 1_000;

    private static final int[] NONE = {};

    private final List<int[]> items = new ArrayList<>();

    /** Returns the number of owners, which are numbered from 0. */
    int owners() {
        return items.size();
    }

    /**
     * Returns the owner's items, oldest first; none for an unknown one. The array is not a copy: it
     * must not be modified and is valid until the next {@link #add}.
     */
    int[] items(int owner) {
        return owner < items.size() ? items.get(owner) : NONE;
    }

    /** Returns whether the owner has the item; O(length). */
    boolean holds(int owner, int item) {
        return indexOf(items(owner), item) >= 0;
    }

    /** Adds the item as the owner's newest; returns whether it was absent before. */
    boolean add(int owner, int item) {
        while (items.size() <= owner) {
            items.add(NONE);
        }
        int[] own = items.get(owner);
        int found = indexOf(own, item);
        if (found < 0 && own.length < MAX_ITEMS) {
            own = Arrays.copyOf(own, own.length + 1);
            items.set(owner, own);
        } else {
            int left = Math.max(0, found);
            System.arraycopy(own, left + 1, own, left, own.length - left - 1);
        }
        own[own.length - 1] = item;
        return found < 0;
    }

    private static int indexOf(int[] own, int item) {
        int at = own.length - 1;
        while (at >= 0 && own[at] != item) {
            at--;
        }
        return at;
    }

    /**
     * Returns for each item the owners who have it, in ascending order. O(owners + items +
     * entries).
     *
     * @param number upper bound of all items
     */
    int[][] holders(int number) {
        int[] left = new int[number];
        for (int[] own : items) {
            for (int item : own) {
                left[item]++;
            }
        }
        int[][] holders = new int[number][];
        Arrays.setAll(holders, item -> new int[left[item]]);
        for (int owner = items.size() - 1; owner >= 0; owner--) {
            for (int item : items.get(owner)) {
                holders[item][--left[item]] = owner;
            }
        }
        return holders;
    }
}

package dev.freshet.model.basket;

import java.util.Arrays;

/**
 * Numbers the items that at least k of some baskets hold, in the order in which they are first
 * counted. Most items of the baskets that are like a user's are held by fewer, and need no more
 * than their count. For repeated use: a look-up is one array access, and clearing costs only the
 * items present. 4 B for each item of the model, and 4 B for each item counted. Not thread-safe.
 */
final class CommonItems {
    /** By item: how many baskets were counted; after {@link #end} its number plus one. */
    private int[] places = new int[0];

    private int[] items = new int[256];
    private int size;

    /** Ensures capacity for items below {@code items}; may be called only when empty. */
    void reserve(int items) {
        if (items > places.length) {
            places = new int[Math.max(items, places.length + places.length / 2)];
        }
    }

    /** Ensures capacity for this many calls of {@link #count}, which does not do so itself. */
    void expect(int counts) {
        if (size + counts >= items.length) {
            items = Arrays.copyOf(items, Math.max(size + counts + 1, 2 * items.length));
        }
    }

    /**
     * Counts a basket that holds an item. It has no branch, since whether an item is new is hardly
     * predictable.
     */
    void count(int item) {
        int before = places[item];
        items[size] = item;
        size += before == 0 ? 1 : 0;
        places[item] = before + 1;
    }

    /** Ends the counting: numbers the items that at least k baskets hold, and drops the others. */
    void end(int k) {
        int common = 0;
        for (int order = 0; order < size; order++) {
            int item = items[order];
            boolean enough = places[item] >= k;
            items[common] = item;
            common += enough ? 1 : 0;
            places[item] = enough ? common : 0;
        }
        size = common;
    }

    /** Returns how many items have a number, once they do. */
    int size() {
        return size;
    }

    /** Returns an item by its number, from 0. */
    int item(int number) {
        return items[number];
    }

    /** Returns the number of an item, or −1. */
    int number(int item) {
        return places[item] - 1;
    }

    /** Removes all items. */
    void clear() {
        for (int order = 0; order < size; order++) {
            places[items[order]] = 0;
        }
        size = 0;
    }
}

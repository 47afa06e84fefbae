package dev.freshet.model.rows;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A set of ints that numbers its elements in order of insertion, so that parallel arrays have the
 * same order on every machine. Open addressing at a load of at most one half, ≈ 12 B a key. Not
 * thread-safe.
 */
public final class IntIndex {
    private int[] table;
    private int[] keys;
    private int size;

    /** Creates an empty index with capacity for about this many keys; it grows when needed. */
    public IntIndex(int expected) {
        int capacity = Math.max(16, Integer.highestOneBit(Math.max(1, expected)) * 4);
        table = new int[capacity];
        keys = new int[capacity / 2];
    }

    /**
     * Creates an index of these distinct keys, in this order. The array must not be used by the
     * caller afterwards.
     */
    IntIndex(int[] distinct) {
        keys = distinct;
        size = distinct.length;
        table = new int[Math.max(16, Integer.highestOneBit(Math.max(1, size)) * 4)];
        for (int order = 0; order < size; order++) {
            place(order);
        }
    }

    /** Returns an index of these distinct keys, in this order. */
    public static IntIndex of(int[] distinct) {
        return new IntIndex(distinct.clone());
    }

    /** Creates an independent copy. */
    public IntIndex(IntIndex original) {
        table = original.table.clone();
        keys = original.keys.clone();
        size = original.size;
    }

    public int size() {
        return size;
    }

    /**
     * Returns the number of keys that fit before the index grows; parallel arrays can have this
     * length.
     */
    public int capacity() {
        return keys.length;
    }

    /** Returns a key by its number, from 0. */
    public int key(int order) {
        return keys[order];
    }

    /** Returns all keys by their numbers. */
    public int[] keys() {
        return Arrays.copyOf(keys, size);
    }

    /** Returns the numbers of all keys, by key ascending. */
    public int[] sorted() {
        return IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingInt(this::key))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Returns a key's number, from 0, or −1. */
    public int order(int key) {
        for (int at = home(key); table[at] != 0; at = (at + 1) & (table.length - 1)) {
            if (keys[table[at] - 1] == key) {
                return table[at] - 1;
            }
        }
        return -1;
    }

    /**
     * Returns a key's number and inserts it if it is new; a new key has the number {@link #size}
     * before the call.
     */
    public int orderOrInsert(int key) {
        int at = home(key);
        while (table[at] != 0) {
            if (keys[table[at] - 1] == key) {
                return table[at] - 1;
            }
            at = (at + 1) & (table.length - 1);
        }
        if (size == keys.length) {
            grow();
            return orderOrInsert(key);
        }
        keys[size] = key;
        table[at] = size + 1;
        return size++;
    }

    /**
     * Removes a key; the key inserted last takes its number.
     *
     * @return the number of the removed key, or −1 if it was absent
     */
    public int remove(int key) {
        int hole = home(key);
        while (table[hole] != 0 && keys[table[hole] - 1] != key) {
            hole = (hole + 1) & (table.length - 1);
        }
        if (table[hole] == 0) {
            return -1;
        }
        int order = table[hole] - 1;
        close(hole);
        size--;
        if (order < size) {
            int at = home(keys[size]);
            while (table[at] != size + 1) {
                at = (at + 1) & (table.length - 1);
            }
            table[at] = order + 1;
            keys[order] = keys[size];
        }
        return order;
    }

    /** Empties a place of the table and shifts back entries that were displaced past it. */
    private void close(int empty) {
        int mask = table.length - 1;
        int hole = empty;
        for (int at = (hole + 1) & mask; table[at] != 0; at = (at + 1) & mask) {
            int home = home(keys[table[at] - 1]);
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                table[hole] = table[at];
                hole = at;
            }
        }
        table[hole] = 0;
    }

    private void grow() {
        keys = Arrays.copyOf(keys, Math.max(8, keys.length * 2));
        table = new int[table.length * 2];
        for (int order = 0; order < size; order++) {
            place(order);
        }
    }

    private void place(int order) {
        int at = home(keys[order]);
        while (table[at] != 0) {
            at = (at + 1) & (table.length - 1);
        }
        table[at] = order + 1;
    }

    private int home(int key) {
        int mixed = key * 0x9E3779B9;
        return (mixed ^ (mixed >>> 15)) & (table.length - 1);
    }
}

package dev.freshet.model.rows;

import java.util.Arrays;

/**
 * Numbers keys from a known range in order of insertion, for repeated use: a look-up is one array
 * access, and clearing costs only the keys present. 4 B for each possible key, and 4 B for each key
 * present. {@link IntIndex} does the same for keys of any range. Not thread-safe.
 */
public final class DenseIndex {
    private int[] numbers = new int[0];
    private int[] keys = new int[256];
    private int size;

    /** Ensures capacity for keys below {@code keys}; may be called only when empty. */
    public void reserve(int keys) {
        if (keys > numbers.length) {
            numbers = new int[Math.max(keys, numbers.length + numbers.length / 2)];
        }
    }

    public int size() {
        return size;
    }

    /** Returns a key by its number, from 0. */
    public int key(int order) {
        return keys[order];
    }

    /** Returns a key's number, from 0, or −1. */
    public int order(int key) {
        return numbers[key] - 1;
    }

    /**
     * Returns a key's number and inserts it if it is new; a new key has the number {@link #size}
     * before the call. It has no branch that depends on that, since whether a key is new is hardly
     * predictable.
     */
    public int orderOrInsert(int key) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        int known = numbers[key];
        keys[size] = key;
        size += known == 0 ? 1 : 0;
        int number = known == 0 ? size : known;
        numbers[key] = number;
        return number - 1;
    }

    /** Removes all keys. */
    public void clear() {
        for (int order = 0; order < size; order++) {
            numbers[keys[order]] = 0;
        }
        size = 0;
    }
}

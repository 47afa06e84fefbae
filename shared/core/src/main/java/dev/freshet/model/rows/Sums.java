package dev.freshet.model.rows;

import java.util.Arrays;

/**
 * Sums by dense key, for repeated use: adding is one array access, and clearing costs only the keys
 * touched. 4 B for each possible key, and 4 B for each key touched. Not thread-safe.
 */
public final class Sums {
    private float[] sums = new float[0];
    private int[] touched = new int[256];
    private int size;

    /** Ensures capacity for keys below {@code keys}; may be called only when empty. */
    public void reserve(int keys) {
        if (keys > sums.length) {
            sums = new float[Math.max(keys, sums.length + sums.length / 2)];
        }
    }

    /** Ensures capacity for this many additions, which {@link #add} does not do itself. */
    public void expect(int additions) {
        if (size + additions >= touched.length) {
            touched = Arrays.copyOf(touched, Math.max(size + additions + 1, 2 * touched.length));
        }
    }

    /**
     * Adds to a key's sum. It has no branch, since whether a key is new is hardly predictable.
     *
     * @throws IndexOutOfBoundsException when there are more additions than {@link #expect} allowed
     *     for
     */
    public void add(int key, float amount) {
        float before = sums[key];
        touched[size] = key;
        size += before == 0 ? 1 : 0;
        sums[key] = before + amount;
    }

    /** Returns a key's sum; zero for a key not touched. */
    public float get(int key) {
        return sums[key];
    }

    /**
     * Returns the number of keys touched; a key whose sum returned to zero and was touched again
     * counts twice.
     */
    public int size() {
        return size;
    }

    /** Returns the key touched as number {@code order}, from 0. */
    public int key(int order) {
        return touched[order];
    }

    /** Returns a key's sum and sets it to zero. */
    public float take(int key) {
        float sum = sums[key];
        sums[key] = 0;
        return sum;
    }

    /** Sets all sums to zero. */
    public void clear() {
        for (int order = 0; order < size; order++) {
            sums[touched[order]] = 0;
        }
        size = 0;
    }
}

package dev.freshet.model.rows;

import java.util.Arrays;

/**
 * Sums by dense key, to be filled and emptied many times: adding is one array access, emptying
 * costs what was touched. 4 B for each key there may be, and 4 B for each one touched. Not
 * thread-safe.
 */
public final class Sums {
    private float[] sums = new float[0];
    private int[] touched = new int[256];
    private int size;

    /** Makes room for keys below {@code keys}; only when empty. */
    public void reserve(int keys) {
        if (keys > sums.length) {
            sums = new float[Math.max(keys, sums.length + sums.length / 2)];
        }
    }

    /** Makes room for so many more additions, which {@link #add} does not do by itself. */
    public void expect(int additions) {
        if (size + additions >= touched.length) {
            touched = Arrays.copyOf(touched, Math.max(size + additions + 1, 2 * touched.length));
        }
    }

    /**
     * Adds to a key's sum. Without a branch: whether a key is new can hardly be foreseen.
     *
     * @throws IndexOutOfBoundsException past what was expected
     */
    public void add(int key, float amount) {
        float before = sums[key];
        touched[size] = key;
        size += before == 0 ? 1 : 0;
        sums[key] = before + amount;
    }

    /** Zero for a key not touched. */
    public float get(int key) {
        return sums[key];
    }

    /** How many keys were touched; one whose sum came back to zero in between counts again. */
    public int size() {
        return size;
    }

    /** The key touched as number {@code order}, from 0. */
    public int key(int order) {
        return touched[order];
    }

    /** Takes the key's sum: it is zero afterwards. */
    public float take(int key) {
        float sum = sums[key];
        sums[key] = 0;
        return sum;
    }

    /** Empties it. */
    public void clear() {
        for (int order = 0; order < size; order++) {
            sums[touched[order]] = 0;
        }
        size = 0;
    }
}

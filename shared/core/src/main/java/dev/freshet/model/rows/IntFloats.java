package dev.freshet.model.rows;

import java.util.Arrays;

/**
 * A sparse vector from int to float, iterated in order of insertion. Not thread-safe. ≈ 16 B an
 * entry.
 */
public final class IntFloats {
    private final IntIndex index;
    private float[] values;

    /** Creates an empty vector with capacity for about this many keys; it grows when needed. */
    public IntFloats(int expected) {
        index = new IntIndex(expected);
        values = new float[index.capacity()];
    }

    private IntFloats(int[] distinct, float[] values) {
        index = new IntIndex(distinct);
        this.values = values;
    }

    /**
     * Returns a vector with these entries in this order, faster than by inserting them one by one.
     * The arrays, of equal length, must not be used by the caller afterwards.
     *
     * @param keys distinct
     */
    public static IntFloats ofDistinct(int[] keys, float[] values) {
        return new IntFloats(keys, values);
    }

    public int size() {
        return index.size();
    }

    /** Returns a key by its insertion order, from 0. */
    public int key(int order) {
        return index.key(order);
    }

    /** Returns a value by its insertion order, from 0. */
    public float value(int order) {
        return values[order];
    }

    /** Returns a key's value; zero for an absent key. */
    public float get(int key) {
        int order = index.order(key);
        return order < 0 ? 0 : values[order];
    }

    /** Returns whether a key is present, whatever its value. */
    public boolean contains(int key) {
        return index.order(key) >= 0;
    }

    /** Returns a key's insertion order, from 0, or −1. */
    public int order(int key) {
        return index.order(key);
    }

    /** Adds to a key's value. */
    public void add(int key, float amount) {
        int order = slot(key);
        values[order] += amount;
    }

    /** Sets a key's value. */
    public void put(int key, float value) {
        int order = slot(key);
        values[order] = value;
    }

    private int slot(int key) {
        int order = index.orderOrInsert(key);
        if (index.capacity() > values.length) {
            values = Arrays.copyOf(values, index.capacity());
        }
        return order;
    }
}

package dev.freshet.model.rows;

import java.util.Arrays;

/**
 * A sparse vector: int → float, read back in order of insertion. Not thread-safe. ≈ 16 B an entry.
 */
public final class IntFloats {
    private final IntIndex index;
    private float[] values;

    /** An empty one that will hold about so many keys; more are welcome. */
    public IntFloats(int expected) {
        index = new IntIndex(expected);
        values = new float[index.capacity()];
    }

    private IntFloats(int[] distinct, float[] values) {
        index = new IntIndex(distinct);
        this.values = values;
    }

    /**
     * One that holds these, in this order, made faster than by putting one after the other. The
     * arrays, of one length, are its own from now on.
     *
     * @param keys distinct
     */
    public static IntFloats ofDistinct(int[] keys, float[] values) {
        return new IntFloats(keys, values);
    }

    public int size() {
        return index.size();
    }

    /** The key inserted as number {@code order}, from 0. */
    public int key(int order) {
        return index.key(order);
    }

    public float value(int order) {
        return values[order];
    }

    /** Zero for a key that is not there. */
    public float get(int key) {
        int order = index.order(key);
        return order < 0 ? 0 : values[order];
    }

    public boolean contains(int key) {
        return index.order(key) >= 0;
    }

    /** When the key was inserted, from 0, or −1. */
    public int order(int key) {
        return index.order(key);
    }

    public void add(int key, float amount) {
        int order = slot(key);
        values[order] += amount;
    }

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

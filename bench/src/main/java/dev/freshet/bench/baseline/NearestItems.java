package dev.freshet.bench.baseline;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** For each item the most similar others, as sparse rows: 8 bytes for each of them. */
final class NearestItems {
    private static final int[] NONE = {};

    private final int most;
    private final int[][] near;
    private final float[][] similarity;

    /**
     * Creates empty rows.
     *
     * @param items number of items
     * @param most largest number of others in a row
     */
    NearestItems(int items, int most) {
        this.most = most;
        near = new int[items][];
        similarity = new float[items][];
    }

    /**
     * Sets the row of an item to the most similar of some others; of equal ones those with lower
     * numbers.
     *
     * @param others items, from 0 to {@code count}
     * @param similar similarity to the item, at least 0
     */
    void keep(int item, int[] others, int count, IntToDoubleFunction similar) {
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            float value = (float) similar.applyAsDouble(others[i]);
            order[i] = (long) Float.floatToIntBits(value) << 32 | (Integer.MAX_VALUE - others[i]);
        }
        Arrays.sort(order);
        int kept = Math.min(most, count);
        near[item] = new int[kept];
        similarity[item] = new float[kept];
        for (int i = 0; i < kept; i++) {
            long best = order[count - 1 - i];
            near[item][i] = Integer.MAX_VALUE - (int) best;
            similarity[item][i] = Float.intBitsToFloat((int) (best >>> 32));
        }
    }

    /** Adds the row of an item to scores; an unknown item has none. */
    void addTo(float[] scores, int item) {
        boolean known = item < near.length && near[item] != null;
        int[] others = known ? near[item] : NONE;
        for (int k = 0; k < others.length; k++) {
            scores[others[k]] += similarity[item][k];
        }
    }
}

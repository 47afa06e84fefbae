package dev.freshet.model.basket;

import dev.freshet.model.rows.DenseIndex;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.Sums;
import java.util.Arrays;

/**
 * Sums over baskets by item, of which only those to which at least k baskets contributed are
 * released: the sum of a pair that fewer people combined would tell what one of them did. For
 * repeated use: 4 B for each item of the model, and 12 B for each that is touched. Not thread-safe.
 */
final class SupportCounts {
    private static final int FEW = 256;

    private final DenseIndex found = new DenseIndex();
    private float[] sums = new float[FEW];
    private int[] people = new int[FEW];

    /** Ensures capacity for items below {@code items}; may be called only when empty. */
    void reserve(int items) {
        found.reserve(items);
    }

    /** Adds what one basket contributes to an item; each basket adds to an item once. */
    void add(int item, float amount) {
        int order = found.orderOrInsert(item);
        if (order == sums.length) {
            sums = Arrays.copyOf(sums, 2 * order);
            people = Arrays.copyOf(people, 2 * order);
        }
        sums[order] += amount;
        people[order]++;
    }

    /**
     * Returns the sums to which at least k baskets contributed, times a weight, in the order in
     * which their items were first added. This is empty afterwards.
     */
    KAnonymousSums release(int k, float weight) {
        int size = 0;
        for (int order = 0; order < found.size(); order++) {
            size += people[order] >= k ? 1 : 0;
        }
        int[] items = new int[size];
        float[] released = new float[size];
        int at = 0;
        for (int order = 0; order < found.size(); order++) {
            if (people[order] >= k) {
                items[at] = found.key(order);
                released[at++] = weight * sums[order];
            }
        }
        clear();
        return new KAnonymousSums(items, released);
    }

    private void clear() {
        Arrays.fill(sums, 0, found.size(), 0);
        Arrays.fill(people, 0, found.size(), 0);
        found.clear();
    }

    /**
     * Sums over baskets by item, of those items alone to which enough baskets contributed. Nobody
     * changes the arrays.
     *
     * @param items distinct
     * @param sums by position in {@code items}
     */
    @SuppressWarnings("ArrayRecordComponent") // on the hot path; not compared
    record KAnonymousSums(int[] items, float[] sums) implements HolderLists.Sized {
        /** Returns how many numbers of 4 B these are. */
        @Override
        public int numbers() {
            return items.length + sums.length;
        }

        /** Adds the sums, times a weight, to scores by item. */
        void addTo(Sums scores, float weight) {
            scores.expect(items.length);
            for (int at = 0; at < items.length; at++) {
                scores.add(items[at], weight * sums[at]);
            }
        }

        /** Returns these as shares of their sum. */
        KAnonymousSums shares() {
            float sum = Float.MIN_NORMAL;
            for (float one : sums) {
                sum += one;
            }
            float[] shares = new float[sums.length];
            for (int at = 0; at < sums.length; at++) {
                shares[at] = sums[at] / sum;
            }
            return new KAnonymousSums(items, shares);
        }

        /** Returns a copy of the sums by item. */
        IntFloats byItem() {
            return IntFloats.ofDistinct(items.clone(), sums.clone());
        }
    }
}

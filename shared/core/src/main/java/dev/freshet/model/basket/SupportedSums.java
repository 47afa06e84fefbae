package dev.freshet.model.basket;

import dev.freshet.model.rows.DenseIndex;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.Sums;
import java.util.Arrays;

/**
 * Sums over baskets by item, of which only those to which at least k baskets contributed are
 * released: the sum of a pair that fewer people combined would tell what one of them did. 12 B for
 * each item that is touched. Not thread-safe.
 */
final class SupportedSums {
    private static final int FEW = 256;

    private final int k;
    private final DenseIndex found;
    private float[] sums = new float[FEW];
    private int[] people = new int[FEW];

    /**
     * Creates empty sums.
     *
     * @param k number of baskets from which on a sum is released, at least 1
     * @param found empty; numbers the items until the sums are added to others
     */
    SupportedSums(int k, DenseIndex found) {
        this.k = k;
        this.found = found;
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

    /** Adds the sums that are released, times a weight, to scores by item, and ends their use. */
    void addTo(IntFloats scores, float weight) {
        release(weight, scores::add);
    }

    /** Adds the sums that are released, times a weight, to scores by item, and ends their use. */
    void addTo(Sums scores, float weight) {
        scores.expect(found.size());
        release(weight, scores::add);
    }

    private interface Taker {
        void take(int item, float amount);
    }

    private void release(float weight, Taker taker) {
        for (int order = 0; order < found.size(); order++) {
            if (people[order] >= k) {
                taker.take(found.key(order), weight * sums[order]);
            }
        }
        found.clear();
    }
}

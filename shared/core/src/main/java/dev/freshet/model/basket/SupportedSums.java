package dev.freshet.model.basket;

import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.IntIndex;
import java.util.Arrays;

/**
 * Sums over baskets by item, of which only those to which at least k baskets contributed are
 * released: the sum of a pair that fewer people combined would tell what one of them did. 12 B for
 * each item that is touched. Not thread-safe.
 */
final class SupportedSums {
    private final IntIndex found = new IntIndex(256);
    private final int k;
    private float[] sums = new float[found.capacity()];
    private int[] people = new int[found.capacity()];

    /**
     * Creates empty sums.
     *
     * @param k number of baskets from which on a sum is released, at least 1
     */
    SupportedSums(int k) {
        this.k = k;
    }

    /** Adds what one basket contributes to an item; each basket adds to an item once. */
    void add(int item, float amount) {
        int order = found.orderOrInsert(item);
        if (found.capacity() > sums.length) {
            sums = Arrays.copyOf(sums, found.capacity());
            people = Arrays.copyOf(people, found.capacity());
        }
        sums[order] += amount;
        people[order]++;
    }

    /** Adds the sums that are released, times a weight, to scores by item. */
    void addTo(IntFloats scores, float weight) {
        for (int order = 0; order < found.size(); order++) {
            if (people[order] >= k) {
                scores.add(found.key(order), weight * sums[order]);
            }
        }
    }
}

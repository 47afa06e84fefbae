package dev.freshet.model.basket;

import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.Sums;

/**
 * Sums over baskets by item, of those items alone to which enough baskets contributed. Nobody
 * changes the arrays.
 *
 * @param items distinct
 * @param sums by position in {@code items}
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; not compared
record KAnonymousSums(int[] items, float[] sums) {
    /** Returns how many numbers of 4 B these are. */
    int numbers() {
        return items.length + sums.length;
    }

    /** Adds the sums, times a weight, to scores by item. */
    void addTo(Sums scores, float weight) {
        scores.expect(items.length);
        for (int at = 0; at < items.length; at++) {
            scores.add(items[at], weight * sums[at]);
        }
    }

    /** Returns the sums by item. */
    IntFloats byItem() {
        return IntFloats.ofDistinct(items.clone(), sums.clone());
    }
}

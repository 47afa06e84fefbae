package dev.freshet.model.basket;

import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.rows.DenseIndex;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.Sums;
import java.util.Arrays;

/**
 * Sums over baskets by item, in which baskets count in groups of k: the first k that came to have
 * an item are a group, so are the next k, and those that are no whole group yet do not count. A sum
 * of fewer people would tell what one of them did; beyond that, what one person did changes a sum
 * only together with k − 1 others. For repeated use: 4 B for each item of the model, and 4 + 8 · k
 * B for each that is touched. Not thread-safe.
 */
final class SupportCounts {
    private static final int FEW = 256;

    private final DenseIndex found = new DenseIndex();

    /** Number of baskets that at most do not count. */
    private int latest;

    /** Sums without the latest ones, by order of the item. */
    private float[] sums = new float[FEW];

    private int[] people = new int[FEW];

    /** The latest ones of each item, the very latest first. */
    private int[] times = new int[FEW];

    private float[] amounts = new float[FEW];

    /**
     * Ensures capacity for items below {@code items}; may be called only when empty.
     *
     * @param k size of a group, at least 1
     */
    void reserve(int items, int k) {
        found.reserve(items);
        latest = k - 1;
    }

    /**
     * Adds what a basket contributes to the item of one of its entries, which it came to have
     * together with another one when it had both.
     *
     * @param at position of the other entry
     * @param to position of the entry
     */
    void addPair(int[] basket, int at, int to, float amount) {
        add(BasketEntries.item(basket, to), BasketEntries.latest(basket, at, to), amount);
    }

    /**
     * Adds what one basket contributes to an item; each basket adds to an item once.
     *
     * @param at when it came to have the item, as {@link dev.freshet.example.ModelTime}
     */
    void add(int item, int at, float amount) {
        int order = found.orderOrInsert(item);
        if (order == sums.length) {
            sums = Arrays.copyOf(sums, 2 * order);
            people = Arrays.copyOf(people, 2 * order);
        }
        int start = order * latest;
        if (start + latest > times.length) {
            times = Arrays.copyOf(times, 2 * (start + latest));
            amounts = Arrays.copyOf(amounts, 2 * (start + latest));
        }
        int known = Math.min(people[order]++, latest);
        int place = start + known;
        while (place > start && times[place - 1] <= at) {
            place--;
        }
        int end = start + latest;
        if (place == end) {
            sums[order] += amount;
            return;
        }
        if (known == latest) {
            sums[order] += amounts[end - 1];
            known--;
        }
        System.arraycopy(times, place, times, place + 1, start + known - place);
        System.arraycopy(amounts, place, amounts, place + 1, start + known - place);
        times[place] = at;
        amounts[place] = amount;
    }

    /**
     * Returns the sums of whole groups, times a weight, in the order in which their items were
     * first added. This is empty afterwards.
     */
    KAnonymousSums release(float weight) {
        int k = latest + 1;
        int size = 0;
        for (int order = 0; order < found.size(); order++) {
            size += people[order] >= k ? 1 : 0;
        }
        int[] items = new int[size];
        float[] released = new float[size];
        int at = 0;
        for (int order = 0; order < found.size(); order++) {
            if (people[order] >= k) {
                float sum = sums[order];
                for (int late = people[order] % k; late < latest; late++) {
                    sum += amounts[order * latest + late];
                }
                items[at] = found.key(order);
                released[at++] = weight * sum;
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

        /**
         * Adds the sums, times a weight, to a column of a table.
         *
         * @param table by order of the item in {@code orders}, then by column
         */
        void addTo(float[][] table, int column, IntIndex orders, float weight) {
            for (int at = 0; at < items.length; at++) {
                int order = orders.order(items[at]);
                if (order >= 0) {
                    table[order][column] += weight * sums[at];
                }
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

package dev.freshet.bench.baseline;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * For each item the heaviest others, as sparse rows: 8 bytes for each of them. A weight is summed
 * over the people who have the item and over their items, so training costs O(Σ history²).
 */
final class NearestItems {
    private static final int[] NO_ITEMS = {};

    /** No rows. */
    static final NearestItems NONE = new NearestItems(0);

    private final int[][] near;
    private final float[][] similarity;

    private NearestItems(int items) {
        near = new int[items][];
        similarity = new float[items][];
    }

    /** What a person who has an item adds to the sum of each of the person's items. */
    interface Step {
        double of(int item, int person);
    }

    /** The weight of another item, at least 0, from its sum. */
    interface Weight {
        double of(int item, int other, double sum);
    }

    /**
     * Trains rows.
     *
     * @param items upper bound of all items of the histories
     * @param most largest number of others in a row; of equal ones those with lower numbers
     */
    static NearestItems of(
            Histories people, Holders holders, int items, int most, Step step, Weight weight) {
        NearestItems rows = new NearestItems(items);
        double[] sums = new double[items];
        int[] touched = new int[items];
        for (int item = 0; item < items; item++) {
            int count = 0;
            for (int i = holders.from(item); i < holders.to(item); i++) {
                int person = holders.person(i);
                int[] history = people.items(person);
                double more = step.of(item, person);
                for (int k = 0; k < people.length(person); k++) {
                    if (sums[history[k]] == 0) {
                        touched[count++] = history[k];
                    }
                    sums[history[k]] += more;
                }
            }
            int own = item;
            rows.keep(item, touched, count, most, other -> weight.of(own, other, sums[other]));
            for (int i = 0; i < count; i++) {
                sums[touched[i]] = 0;
            }
        }
        return rows;
    }

    private void keep(int item, int[] others, int count, int most, IntToDoubleFunction weight) {
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            float value = (float) weight.applyAsDouble(others[i]);
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

    /** Sets scores to the sums of the rows of a history; an unknown item has no row. */
    void score(int[] history, int length, float[] scores) {
        Arrays.fill(scores, 0);
        for (int i = 0; i < length; i++) {
            int[] others = history[i] < near.length ? near[history[i]] : NO_ITEMS;
            for (int k = 0; k < others.length; k++) {
                scores[others[k]] += similarity[history[i]][k];
            }
        }
    }

    /**
     * Inverted histories: for each item the people who have it, in ascending order, as compressed
     * rows. Built in O(people + items + entries).
     */
    static final class Holders {
        private final int[] starts;
        private final int[] people;

        private Holders(int[] starts, int[] people) {
            this.starts = starts;
            this.people = people;
        }

        /**
         * Inverts histories.
         *
         * @param items upper bound of all items of the histories
         */
        static Holders of(Histories histories, int items) {
            int[] starts = new int[items + 1];
            for (int person = 0; person < histories.owners(); person++) {
                int[] history = histories.items(person);
                for (int i = 0; i < histories.length(person); i++) {
                    starts[history[i] + 1]++;
                }
            }
            Arrays.parallelPrefix(starts, Integer::sum);
            int[] next = starts.clone();
            int[] people = new int[starts[items]];
            for (int person = 0; person < histories.owners(); person++) {
                int[] history = histories.items(person);
                for (int i = 0; i < histories.length(person); i++) {
                    people[next[history[i]]++] = person;
                }
            }
            return new Holders(starts, people);
        }

        int from(int item) {
            return starts[item];
        }

        int to(int item) {
            return starts[item + 1];
        }

        int count(int item) {
            return starts[item + 1] - starts[item];
        }

        int person(int place) {
            return people[place];
        }
    }
}

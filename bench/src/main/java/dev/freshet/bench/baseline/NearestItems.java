package dev.freshet.bench.baseline;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * A method that keeps for each item only the heaviest others, as sparse rows: 8 bytes for each of
 * them. A weight is summed over the people who have the item and over their items, so training
 * costs O(Σ history²); scoring costs O(history · neighbours).
 */
final class NearestItems implements Retrained.Batch {
    private static final int[] NO_ITEMS = {};

    private final int neighbours;
    private final Weights weights;
    private int[][] near = {};
    private float[][] similarity = {};

    private NearestItems(int neighbours, Weights weights) {
        this.neighbours = neighbours;
        this.weights = weights;
    }

    /**
     * Returns item-based nearest neighbours with cosine similarity: the similarity of {@link
     * ItemKnn}, but with only the most similar items of each item, for catalogues beyond the limit
     * of a dense table.
     *
     * @param neighbours maximum number of neighbours of an item, from 1
     * @param shrinkage damping of similarities with little support, from 0
     */
    static NearestItems cosine(int neighbours, double shrinkage) {
        return new NearestItems(neighbours, new Cosine(shrinkage));
    }

    /**
     * Returns random walks of three steps: RP³β of Christoffel, Paudel, Newell and Bernstein,
     * "Blockbusters and Wallflowers: Accurate, Diverse, and Scalable Recommendations with Random
     * Walks" (RecSys 2015, §3).
     *
     * <p>A walk goes from a person to one of the items, from there to one of its holders, and on to
     * one of their items. With the transition probabilities 1 / degree raised to α (P³α of Cooper
     * et al., WWW 2014), the score of item i is
     *
     * <p>Σ over the person's items j and the holders v of j that have i: (1/|items of the person| ·
     * 1 / |holders of j| · 1 / |items of v|)^α, divided by |holders of i|^β.
     *
     * <p>The second and third step are a table of items; the first is the person's history at the
     * time of scoring.
     *
     * @param neighbours maximum number of items that are reached from an item, from 1
     * @param alpha exponent of the transition probabilities, above 0
     * @param beta exponent of an item's popularity, from 0
     */
    static NearestItems walks(int neighbours, double alpha, double beta) {
        return new NearestItems(neighbours, new Walks(alpha, beta));
    }

    /** The weight of a pair of items, at least 0, and of a history. */
    private interface Weights {
        /** Returns what a holder of an item with so many items adds to the sum of each of these. */
        double step(int holders, int items);

        /** Returns the weight of another item from its sum, by the numbers of holders of both. */
        double other(double sum, int holders, int otherHolders);

        /** Returns the weight of the item itself from its sum. */
        double itself(double sum, int holders);

        /** Returns the factor of all scores for a history of so many items, from 1. */
        double history(int items);
    }

    private record Cosine(double shrinkage) implements Weights {
        @Override
        public double step(int holders, int items) {
            return 1;
        }

        @Override
        public double other(double sum, int holders, int otherHolders) {
            return sum / (Math.sqrt((double) holders * otherHolders) + shrinkage);
        }

        @Override
        public double itself(double sum, int holders) {
            return 0;
        }

        @Override
        public double history(int items) {
            return 1;
        }
    }

    private record Walks(double alpha, double beta) implements Weights {
        @Override
        public double step(int holders, int items) {
            return Math.pow(holders, -alpha) * Math.pow(items, -alpha);
        }

        @Override
        public double other(double sum, int holders, int otherHolders) {
            return sum * Math.pow(otherHolders, -beta);
        }

        @Override
        public double itself(double sum, int holders) {
            return other(sum, holders, holders);
        }

        @Override
        public double history(int items) {
            return Math.pow(items, -alpha);
        }
    }

    @Override
    public void train(Histories people, int items) {
        int[][] holders = people.holders(items);
        near = new int[items][];
        similarity = new float[items][];
        double[] sums = new double[items];
        int[] touched = new int[items];
        for (int item = 0; item < items; item++) {
            int own = item;
            int held = holders[item].length;
            int count = 0;
            for (int person : holders[item]) {
                int[] history = people.items(person);
                double more = weights.step(held, history.length);
                for (int other : history) {
                    if (sums[other] == 0) {
                        touched[count++] = other;
                    }
                    sums[other] += more;
                }
            }
            keep(
                    item,
                    Arrays.copyOf(touched, count),
                    other ->
                            other == own
                                    ? weights.itself(sums[own], held)
                                    : weights.other(sums[other], held, holders[other].length));
            for (int i = 0; i < count; i++) {
                sums[touched[i]] = 0;
            }
        }
    }

    /** Keeps the heaviest others, of equal ones those with lower numbers. */
    private void keep(int item, int[] others, IntToDoubleFunction weight) {
        long[] order = new long[others.length];
        for (int i = 0; i < order.length; i++) {
            float value = (float) weight.applyAsDouble(others[i]);
            order[i] = (long) Float.floatToIntBits(value) << 32 | (Integer.MAX_VALUE - others[i]);
        }
        Arrays.sort(order);
        int kept = Math.min(neighbours, order.length);
        near[item] = new int[kept];
        similarity[item] = new float[kept];
        for (int i = 0; i < kept; i++) {
            long best = order[order.length - 1 - i];
            near[item][i] = Integer.MAX_VALUE - (int) best;
            similarity[item][i] = Float.intBitsToFloat((int) (best >>> 32));
        }
    }

    @Override
    public void score(int[] history, float[] scores) {
        Arrays.fill(scores, 0);
        for (int item : history) {
            int[] others = item < near.length ? near[item] : NO_ITEMS;
            for (int k = 0; k < others.length; k++) {
                scores[others[k]] += similarity[item][k];
            }
        }
        float first = history.length == 0 ? 1 : (float) weights.history(history.length);
        for (int item = 0; item < scores.length; item++) {
            scores[item] *= first;
        }
    }
}

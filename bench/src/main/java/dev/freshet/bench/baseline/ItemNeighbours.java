package dev.freshet.bench.baseline;

import java.util.Arrays;

/**
 * Item-based nearest neighbours with cosine similarity, trained in batches: the similarity of
 * {@link ItemKnn}, but with only the most similar items of each item, for catalogues beyond the
 * limit of a dense table.
 *
 * <p>Training costs O(Σ history²) and keeps 8 · neighbours bytes per item; scoring costs O(history
 * · neighbours).
 */
final class ItemNeighbours implements BatchMethod {
    private static final int[] NONE = {};
    private static final float[] NOTHING = {};

    private final int neighbours;
    private final double shrinkage;
    private int[][] near = new int[0][];
    private float[][] similarity = new float[0][];

    /**
     * Creates an untrained method.
     *
     * @param neighbours maximum number of neighbours of an item, from 1
     * @param shrinkage damping of similarities with little support, from 0
     */
    ItemNeighbours(int neighbours, double shrinkage) {
        this.neighbours = neighbours;
        this.shrinkage = shrinkage;
    }

    @Override
    public String name() {
        return "item-knn";
    }

    @Override
    public String settings() {
        return "cosine, %d neighbours, shrinkage %s".formatted(neighbours, shrinkage);
    }

    @Override
    public void train(Histories people, int items) {
        Holders holders = Holders.of(people, items);
        near = new int[items][];
        similarity = new float[items][];
        int[] both = new int[items];
        int[] touched = new int[items];
        for (int item = 0; item < items; item++) {
            int count = 0;
            for (int i = holders.from(item); i < holders.to(item); i++) {
                int person = holders.person(i);
                int[] history = people.items(person);
                for (int k = 0; k < people.length(person); k++) {
                    if (both[history[k]]++ == 0) {
                        touched[count++] = history[k];
                    }
                }
            }
            both[item] = 0;
            keepTheNearest(item, both, touched, count, holders);
            for (int i = 0; i < count; i++) {
                both[touched[i]] = 0;
            }
        }
    }

    private void keepTheNearest(int item, int[] both, int[] touched, int count, Holders holders) {
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            int other = touched[i];
            double product = (double) holders.count(item) * holders.count(other);
            float similar = (float) (both[other] / (Math.sqrt(product) + shrinkage));
            order[i] = (long) Float.floatToIntBits(similar) << 32 | (Integer.MAX_VALUE - other);
        }
        Arrays.sort(order);
        int kept = Math.min(neighbours, count);
        near[item] = new int[kept];
        similarity[item] = new float[kept];
        for (int i = 0; i < kept; i++) {
            long best = order[count - 1 - i];
            near[item][i] = Integer.MAX_VALUE - (int) best;
            similarity[item][i] = Float.intBitsToFloat((int) (best >>> 32));
        }
    }

    @Override
    public void score(int[] history, int length, float[] scores) {
        Arrays.fill(scores, 0);
        for (int i = 0; i < length; i++) {
            boolean known = history[i] < near.length;
            int[] others = known ? near[history[i]] : NONE;
            float[] similar = known ? similarity[history[i]] : NOTHING;
            for (int k = 0; k < others.length; k++) {
                scores[others[k]] += similar[k];
            }
        }
    }
}

package dev.freshet.ranking;

import dev.freshet.model.Model;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.ranking.policy.Pool;
import java.util.List;

/**
 * The best ranks as alternatives for the next place of a list, worth what maximal marginal
 * relevance says: (1 − λ) · relevance − λ · similarity to the most similar item above. Relevance is
 * the score scaled to 0 … 1 over the pool; similarity is the mean of the cosine of terms and the
 * Jaccard index of tags. An item beyond the limit of a value is no longer open.
 */
final class DiversePool implements Pool {
    private final Model model;
    private final int[] items;
    private final float[] scores;
    private final double diversity;
    private final float top;
    private final float spread;
    private final float[] likest;
    private final boolean[] gone;
    private final ValueLimits limits;
    private final IntIndex placed = new IntIndex(16);

    /**
     * Creates a pool of which nothing is placed.
     *
     * @param items by rank; the first ones are the pool
     * @param scores of the first ranks, in any order
     * @param size of the pool, at most as many as there are scores
     * @param diversity λ, 0 to 1
     * @param limits with nothing placed
     */
    DiversePool(
            Model model,
            int[] items,
            float[] scores,
            int size,
            double diversity,
            ValueLimits limits) {
        this.model = model;
        this.items = items;
        this.scores = scores;
        this.diversity = diversity;
        this.limits = limits;
        likest = new float[size];
        gone = new boolean[size];
        float highest = Float.NEGATIVE_INFINITY;
        float lowest = Float.POSITIVE_INFINITY;
        for (int rank = 0; rank < size; rank++) {
            highest = Math.max(highest, scores[rank]);
            lowest = Math.min(lowest, scores[rank]);
        }
        top = highest;
        spread = highest - lowest;
    }

    @Override
    public int size() {
        return gone.length;
    }

    @Override
    public boolean open(int rank) {
        return !gone[rank];
    }

    @Override
    public double worth(int rank) {
        double relevance = spread > 0 ? 1 - (top - scores[rank]) / spread : 1;
        return (1 - diversity) * relevance - diversity * likest[rank];
    }

    /** Returns the open rank of the highest worth, the first of equals; −1 if none is open. */
    int best() {
        int best = -1;
        double highest = Double.NEGATIVE_INFINITY;
        for (int rank = 0; rank < gone.length; rank++) {
            if (!gone[rank]) {
                double worth = worth(rank);
                if (worth > highest) {
                    highest = worth;
                    best = rank;
                }
            }
        }
        return best;
    }

    /** Makes a rank one that cannot be placed. */
    void close(int rank) {
        gone[rank] = true;
    }

    /** Returns whether an item is beyond the limit of a value, whether it is in the pool or not. */
    boolean barred(int rank) {
        return !limits.allow(items[rank]);
    }

    /** Gives a place to a rank; nothing where it has one. */
    @Override
    public void place(int rank) {
        if (placed.order(rank) >= 0) {
            return;
        }
        placed.orderOrInsert(rank);
        if (rank < gone.length) {
            gone[rank] = true;
        }
        boolean reached = limits.place(items[rank]);
        for (int other = 0; other < gone.length; other++) {
            if (!gone[other]) {
                gone[other] = reached && barred(other);
                if (diversity > 0 && !gone[other]) {
                    likest[other] =
                            Math.max(likest[other], likeness(model, items[rank], items[other]));
                }
            }
        }
    }

    /** Returns the similarity of two items: 0 for nothing in common, 1 for equal terms and tags. */
    static float likeness(Model model, int one, int other) {
        float words = model.content().cosine(one, other);
        return (words + shared(model.items().item(one).tags(), model.items().item(other).tags()))
                / 2;
    }

    private static float shared(List<String> some, List<String> others) {
        int common = 0;
        for (String tag : some) {
            common += others.contains(tag) ? 1 : 0;
        }
        return common == 0 ? 0 : (float) common / (some.size() + others.size() - common);
    }
}

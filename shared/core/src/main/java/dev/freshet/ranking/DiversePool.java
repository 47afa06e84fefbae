package dev.freshet.ranking;

import dev.freshet.catalog.Item;
import dev.freshet.model.Model;
import dev.freshet.ranking.policy.Pool;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The best ranks as alternatives for the next place of a list, worth what maximal marginal
 * relevance says: (1 − λ) · relevance − λ · similarity to the most similar item above. Relevance is
 * the score scaled to 0 … 1 over the pool; similarity is the mean of the cosine of terms and the
 * Jaccard index of tags. An item of a group of which one is placed is no longer open.
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
    private final Set<String> groups = new HashSet<>();

    /**
     * Creates a pool of which nothing is placed.
     *
     * @param items by rank; the first ones are the pool
     * @param scores of the first ranks, in any order
     * @param size of the pool, at most as many as there are scores
     * @param diversity λ, 0 to 1
     */
    DiversePool(Model model, int[] items, float[] scores, int size, double diversity) {
        this.model = model;
        this.items = items;
        this.scores = scores;
        this.diversity = diversity;
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

    /** Returns whether an item of the same group is placed. */
    boolean groupPlaced(int rank) {
        String group = item(rank).group();
        return group != null && groups.contains(group);
    }

    @Override
    public void place(int placed) {
        if (placed < gone.length) {
            gone[placed] = true;
        }
        String group = item(placed).group();
        if (group != null) {
            groups.add(group);
        }
        for (int rank = 0; rank < gone.length; rank++) {
            if (!gone[rank]) {
                gone[rank] = group != null && group.equals(item(rank).group());
                if (diversity > 0 && !gone[rank]) {
                    likest[rank] =
                            Math.max(likest[rank], likeness(model, items[placed], items[rank]));
                }
            }
        }
    }

    private Item item(int rank) {
        return model.items().item(items[rank]);
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

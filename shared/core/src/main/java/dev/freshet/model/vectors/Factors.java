package dev.freshet.model.vectors;

import dev.freshet.catalog.Item;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.TopN;
import java.util.function.IntPredicate;

/**
 * Scores by matrix factorization: the dot product of the user's vector, folded in from recent
 * interactions, with an item's vector, near 1 for items that the user is likely to interact with
 * next and near 0 for others. An item without visible interactions has the projection of its tags
 * and author for a vector. Not thread-safe, since it reuses a vector.
 */
public final class Factors {
    /** The length of every vector. */
    public static final int RANK = FactorState.RANK;

    /** The largest catalogue that is scanned for a user's best items, at about 30 ns an item. */
    public static final int MAX_SCANNED = 5_000;

    private final ItemTable items;
    private final FactorState state;
    private final IntPredicate visible;
    private final float[] scratch = new float[RANK];

    /**
     * Creates queries over item vectors.
     *
     * @param visible whether enough people are behind an item's vector for others to be served by
     *     it
     */
    public Factors(ItemTable items, FactorState state, IntPredicate visible) {
        this.items = items;
        this.state = state;
        this.visible = visible;
    }

    /** Returns the user's vector; all zeros where no item of the user has a vector. */
    public float[] user(Preferences preferences) {
        FoldIn folded = empty();
        for (int rank = 0; rank < preferences.size() && !folded.isFull(); rank++) {
            add(folded, preferences, rank, scratch);
        }
        return folded.solve();
    }

    /**
     * Computes an item's vector.
     *
     * @param into {@link #RANK} long, overwritten
     */
    public void vector(int item, float[] into) {
        if (!visible.test(item) || !state.read(item, into)) {
            state.project(labels(items.item(item)), into);
        }
    }

    /** Returns the dot product of a user's and an item's vector; mostly 0 to 1. */
    public float score(float[] user, int item) {
        vector(item, scratch);
        return FactorState.dot(user, scratch);
    }

    /**
     * Returns the score of every item, by a scan; none where there are more than {@value
     * #MAX_SCANNED} items.
     */
    public float[] scores(float[] user) {
        float[] scores = new float[items.size() > MAX_SCANNED ? 0 : items.size()];
        for (int item = 0; item < scores.length; item++) {
            scores[item] = score(user, item);
        }
        return scores;
    }

    /**
     * Returns the items with the highest of {@link #scores}, without the user's own and deleted
     * items.
     */
    public ItemScores near(float[] scores, Preferences preferences, int limit) {
        IntIndex own = preferences.ranks();
        TopN top = new TopN(Math.min(limit, scores.length));
        for (int item = 0; item < scores.length; item++) {
            if (scores[item] > Math.max(0, top.floor())
                    && own.order(item) < 0
                    && !items.deleted(item)) {
                top.offer(item, scores[item]);
            }
        }
        return ItemScores.drain(top);
    }

    /** Returns coordinates in which users are as far apart as their scores. */
    public ScoreSpace scoreSpace() {
        return new ScoreSpace(state.ofItems());
    }

    /** Returns an empty fold-in. */
    public FoldIn empty() {
        return state.foldIn();
    }

    /**
     * Adds one of the user's items to a fold-in; an item without a visible vector of its own is
     * left out.
     *
     * @param vector overwritten with the item's vector
     * @return the item's weight, or 0
     */
    public double add(FoldIn folded, Preferences preferences, int rank, float[] vector) {
        int item = preferences.items()[rank];
        return visible.test(item) && state.read(item, vector)
                ? folded.add(vector, worth(preferences.strengths()[rank]))
                : 0;
    }

    /**
     * Returns the weight factor of an item by the strength of the user's interactions with it: the
     * square root.
     */
    public static float worth(float strength) {
        return (float) Math.sqrt(strength);
    }

    /** Returns the hashes of an item's tags and author. */
    public static int[] labels(Item item) {
        int author = item.author() == null ? 0 : 1;
        int[] labels = new int[item.tags().size() + author];
        for (int at = 0; at < item.tags().size(); at++) {
            labels[at] = mix(item.tags().get(at).hashCode());
        }
        if (item.author() != null) {
            labels[labels.length - 1] = mix(~item.author().hashCode());
        }
        return labels;
    }

    private static int mix(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }

    /**
     * Coordinates of users' vectors in which the Euclidean distance of two users is that of their
     * scores over all items: Lᵀ p, where L Lᵀ = Σ q qᵀ + λ I over the items' vectors (Cholesky). In
     * the vectors themselves the directions along which items hardly differ weigh most.
     */
    public static final class ScoreSpace {
        private final double[] lower;

        ScoreSpace(double[] ofItems) {
            lower = ofItems.clone();
            for (int row = 0; row < Gram.RANK; row++) {
                lower[row * (row + 1) / 2 + row] += FoldIn.RIDGE;
            }
            Gram.decompose(lower);
        }

        /** Returns the coordinates of a user's vector. */
        public double[] of(float[] user) {
            double[] coordinates = new double[Gram.RANK];
            int at = 0;
            for (int row = 0; row < Gram.RANK; row++) {
                for (int column = 0; column < row; column++) {
                    coordinates[column] += lower[at++] * user[row];
                }
                coordinates[row] += user[row] / lower[at++];
            }
            return coordinates;
        }
    }
}

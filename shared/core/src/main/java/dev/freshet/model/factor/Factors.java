package dev.freshet.model.factor;

import dev.freshet.catalog.Item;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.TopN;

/**
 * What the learned vectors say: the product of the reader's, folded in from what was met lately,
 * with an item's, about 1 for what the reader is likely to meet next and 0 for the rest. An item
 * that nobody met yet has the vector of its tags and author. Keeps a scratch vector: for one
 * thread.
 */
public final class Factors {
    /** The length of every vector. */
    public static final int RANK = FactorState.RANK;

    /** The largest catalogue that is scanned for a reader's nearest: about 30 ns an item. */
    public static final int MOST_SCANNED = 5_000;

    private final ItemTable items;
    private final FactorState state;
    private final float[] scratch = new float[RANK];

    public Factors(ItemTable items, FactorState state) {
        this.items = items;
        this.state = state;
    }

    /** The reader's vector; all zeros where nothing is known of anything met. */
    public float[] user(Preferences preferences) {
        FoldIn folded = empty();
        for (int rank = 0; rank < preferences.size() && !folded.isFull(); rank++) {
            add(folded, preferences, rank, scratch);
        }
        return folded.solve();
    }

    /**
     * The item's vector.
     *
     * @param into {@link #RANK} long, written over
     */
    public void vector(int item, float[] into) {
        if (!state.read(item, into)) {
            state.project(labels(items.item(item)), into);
        }
    }

    /** How well the two fit; mostly 0 to 1. */
    public float score(float[] user, int item) {
        vector(item, scratch);
        return FactorState.dot(user, scratch);
    }

    /**
     * The items that fit best, own and deleted ones left out, by looking at all; none where there
     * are more than {@value #MOST_SCANNED}.
     */
    public ItemScores near(float[] user, Preferences preferences, int limit) {
        if (items.size() > MOST_SCANNED || preferences.isEmpty()) {
            return ItemScores.NONE;
        }
        IntIndex own = new IntIndex(preferences.size());
        for (int item : preferences.items()) {
            own.orderOrInsert(item);
        }
        TopN top = new TopN(Math.min(limit, items.size()));
        for (int item = 0; item < items.size(); item++) {
            float score = score(user, item);
            if (score > 0 && own.order(item) < 0 && !items.deleted(item)) {
                top.offer(item, score);
            }
        }
        return ItemScores.drain(top);
    }

    public FoldIn empty() {
        return state.foldIn();
    }

    /**
     * Adds an item of the taste; one without a vector of its own is left out.
     *
     * @param vector written over with the item's
     * @return its weight, or 0
     */
    public double add(FoldIn folded, Preferences preferences, int rank, float[] vector) {
        int item = preferences.items()[rank];
        return state.read(item, vector)
                ? folded.add(vector, worth(preferences.strengths()[rank]))
                : 0;
    }

    /** What an item met counts for. */
    public static float worth(float strength) {
        return (float) Math.sqrt(strength);
    }

    /** The buckets of an item's tags and author. */
    public static int[] labels(Item item) {
        int author = item.author() == null ? 0 : 1;
        int[] labels = new int[item.tags().size() + author];
        for (int at = 0; at < item.tags().size(); at++) {
            labels[at] = scatter(item.tags().get(at).hashCode());
        }
        if (item.author() != null) {
            labels[labels.length - 1] = scatter(~item.author().hashCode());
        }
        return labels;
    }

    private static int scatter(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }
}

package dev.freshet.model.factor;

import dev.freshet.model.bytes.Form;
import dev.freshet.model.rows.Ints;
import java.util.Arrays;

/**
 * Learned state of the matrix factorization: vectors of items and of labels (tags and authors), and
 * the sums over all items and all users that fold-in and learning steps need. 32 B for each item
 * with an interaction, and at most 140 kB for labels.
 *
 * @param items packed vectors by item; none before an item's first interaction
 * @param labels packed vectors by bucket of the label's hash: the mean vector of the items with
 *     that label
 * @param labelSteps by bucket, the number of steps that the mean is over
 * @param ofItems Σ q qᵀ over the items' vectors
 * @param ofUsers C: the mean of p pᵀ over interactions, where p is the user's vector; recent ones
 *     count more
 * @param steps number of learning steps so far
 */
@SuppressWarnings("ArrayRecordComponent") // never modified
public record FactorState(
        Ints items, Ints labels, Ints labelSteps, double[] ofItems, double[] ofUsers, long steps) {
    /** The number of label buckets; labels in one bucket share a vector. */
    public static final int BUCKETS = 4_096;

    /** The largest number of an item's labels that are used. */
    public static final int MAX_LABELS = 8;

    /** The length of every vector. */
    public static final int RANK = Gram.RANK;

    public static final FactorState EMPTY =
            new FactorState(
                    Ints.EMPTY,
                    Ints.EMPTY,
                    Ints.EMPTY,
                    new double[Gram.SIZE],
                    new double[Gram.SIZE],
                    0);

    /** The number of steps by items of a label at which its vector is weighted by half. */
    private static final double LABEL_TRUST = 5;

    /** Returns a mutable continuation. */
    public FactorDraft draft() {
        return new FactorDraft(this);
    }

    /** Returns an empty fold-in. */
    public FoldIn foldIn() {
        return new FoldIn(ofItems);
    }

    /**
     * Computes the projection of an item's content, which is the item's vector before its first
     * interaction.
     *
     * @param itemLabels hashes of its tags and author; any ints
     * @param into {@link #RANK} long, overwritten
     */
    public void project(int[] itemLabels, float[] into) {
        project(labels, labelSteps, itemLabels, into);
    }

    /**
     * Reads an item's own vector.
     *
     * @param into {@link #RANK} long, overwritten; zeros where the item has none
     * @return whether the item has one
     */
    public boolean read(int item, float[] into) {
        return Vectors.read(items, item, into);
    }

    /** Returns the dot product of two vectors. */
    public static float dot(float[] a, float[] b) {
        return Vectors.dot(a, b);
    }

    /**
     * Computes the mean of the vectors of these labels, each weighted by how many steps it is based
     * on.
     */
    static void project(Ints vectors, Ints labelSteps, int[] labels, float[] into) {
        Arrays.fill(into, 0);
        float[] one = new float[RANK];
        int most = Math.min(labels.length, MAX_LABELS);
        for (int at = 0; at < most; at++) {
            int bucket = labels[at] & (BUCKETS - 1);
            int steps = labelSteps.get(bucket);
            Vectors.read(vectors, bucket, one);
            float confidence = (float) (steps / (steps + LABEL_TRUST) / most);
            for (int s = 0; s < RANK; s++) {
                into[s] += confidence * one[s];
            }
        }
    }

    /** Returns the form of the vectors in a model of so many items. */
    public static Form<FactorState> form(int items) {
        return Form.of(
                (state, out) -> FactorRows.FORM.write(FactorRows.whole(state), out),
                in -> {
                    FactorDraft draft = EMPTY.draft();
                    draft.set(FactorRows.FORM.read(in), items);
                    return draft.seal();
                });
    }
}

package dev.freshet.model.factor;

import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.rows.Ints;
import java.util.Arrays;

/**
 * Vectors of items and of labels, and what fold-in and steps need to know of all items and all
 * readers. 32 B an item that was met, and 140 kB of labels at most.
 *
 * @param items by item; none before the first meeting
 * @param labels by bucket of the label's hash: the mean of the vectors of the items that bear it
 * @param bearers by bucket: how many steps that mean is over
 * @param ofItems Σ q qᵀ
 * @param ofReaders C: the mean of p pᵀ over interactions, recent ones counting more
 * @param steps taken
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes them
public record FactorState(
        Ints items, Ints labels, Ints bearers, double[] ofItems, double[] ofReaders, long steps) {
    /** Buckets of labels; labels that share one share a vector. */
    public static final int BUCKETS = 4_096;

    /** Labels of an item that are looked at. */
    public static final int MOST_LABELS = 8;

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

    /** Steps by other items of a label until it is believed by half. */
    private static final double LABEL_TRUST = 5;

    public FactorDraft draft() {
        return new FactorDraft(this);
    }

    /** An empty fold-in. */
    public FoldIn foldIn() {
        return new FoldIn(ofItems);
    }

    /**
     * The projection of an item's content, which it has for a vector before its first meeting.
     *
     * @param itsLabels buckets of its tags and author; any ints
     * @param into {@link #RANK} long, written over
     */
    public void project(int[] itsLabels, float[] into) {
        project(labels, bearers, itsLabels, into);
    }

    /**
     * Reads an item's own vector.
     *
     * @param into {@link #RANK} long, written over; zeros where there is none
     * @return whether there is one
     */
    public boolean read(int item, float[] into) {
        return Vectors.read(items, item, into);
    }

    /** The product of two vectors. */
    public static float dot(float[] a, float[] b) {
        return Vectors.dot(a, b);
    }

    /** The mean of the vectors of these labels, each as far as it is believed. */
    static void project(Ints vectors, Ints bearers, int[] labels, float[] into) {
        Arrays.fill(into, 0);
        float[] one = new float[RANK];
        int most = Math.min(labels.length, MOST_LABELS);
        for (int at = 0; at < most; at++) {
            int bucket = labels[at] & (BUCKETS - 1);
            int steps = bearers.get(bucket);
            Vectors.read(vectors, bucket, one);
            float belief = (float) (steps / (steps + LABEL_TRUST) / most);
            for (int s = 0; s < RANK; s++) {
                into[s] += belief * one[s];
            }
        }
    }

    /** Writes it; equal ones have equal bytes. */
    public void write(ByteSink out) {
        FactorRows.whole(this).write(out);
    }

    /** Reads what {@link #write} wrote. */
    public static FactorState read(ByteSource in, int items) {
        FactorDraft draft = EMPTY.draft();
        draft.set(FactorRows.read(in), items);
        return draft.seal();
    }
}

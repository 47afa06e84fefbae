package dev.freshet.model.blend;

import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.MalformedBytesException;
import java.util.Arrays;

/**
 * What was learned of the signals' worth, immutable, ≈ 6 KB at 30 signals. An item's log odds are
 * the sum over signals of signal × weight, and a weight is a sum of offsets: of the reader's
 * history, the device, the quarter of the day, whether they are in the middle of a sitting, and the
 * item's age.
 *
 * <p>Beside the weights it keeps what their learning needs (a decaying sum of squared slopes per
 * weight, the spread of each signal), how well each source does by itself, and a credit of work:
 * every example earns some and a step spends what it reads, so that learning has a price per
 * example whatever the size of the site.
 */
public final class BlendState {
    private static final int SUMS = ContextBucket.ROWS;
    private static final int SPREAD = 2 * ContextBucket.ROWS;
    private static final int PERFORMANCE = SPREAD + 1;
    private static final int MEASURED = PERFORMANCE + ContextBucket.HISTORIES;

    /** Weights, sums of squared slopes, spreads, performance by history, and its weights. */
    static final int ROWS = MEASURED + 1;

    final float[][] rows;
    final float[][] initial;
    final int[] sourceOf;
    final long steps;
    final long budget;
    final long draws;

    BlendState(
            float[][] rows,
            float[][] initial,
            int[] sourceOf,
            long steps,
            long budget,
            long draws) {
        this.rows = rows;
        this.initial = initial;
        this.sourceOf = sourceOf;
        this.steps = steps;
        this.budget = budget;
        this.draws = draws;
    }

    /**
     * Before anything was learned.
     *
     * @param weights by history and signal: what the learned ones start from and are drawn towards
     * @param sourceOf by signal, the source that it belongs to, from 0; a source by itself scores
     *     by its own signals under these weights
     */
    public static BlendState initial(float[][] weights, int[] sourceOf) {
        int signals = weights[0].length;
        int sources = Arrays.stream(sourceOf).max().orElse(-1) + 1;
        float[][] rows = new float[ROWS][];
        Arrays.setAll(rows, row -> new float[row < PERFORMANCE ? signals : sources]);
        for (int history = 0; history < ContextBucket.HISTORIES; history++) {
            rows[history] = weights[history].clone();
        }
        rows[MEASURED] = new float[ContextBucket.HISTORIES];
        return new BlendState(rows, rows, sourceOf.clone(), 0, LearningBudget.CAPACITY, 0);
    }

    /** How many signals there are. */
    public int signals() {
        return rows[0].length;
    }

    /**
     * The weights in one circumstance, by class of item age and signal: combined once a request.
     */
    public float[][] weights(ContextBucket bucket) {
        return combined(rows, bucket);
    }

    /** What the weights of readers of this history started from, by signal. Not to be changed. */
    public float[] starting(int history) {
        return initial[history];
    }

    /** The weight of a signal for readers of this history, offsets aside. */
    public float weight(int history, int signal) {
        return rows[history][signal];
    }

    /** How much a signal moves scores: its weight's size times its spread; 0 before any choice. */
    public double worth(int history, int signal) {
        return Math.abs(rows[history][signal]) * Math.sqrt(rows[SPREAD][signal]);
    }

    /** Choices learned from. */
    public long steps() {
        return steps;
    }

    /**
     * How well a source alone ranked what was taken in, the reciprocal of the rank, decayed mean
     * over the last thousands of choices; 0 before any.
     */
    public double performance(int history, int source) {
        float measured = rows[MEASURED][history];
        return measured == 0 ? 0 : rows[PERFORMANCE + history][source] / measured;
    }

    /** A mutable continuation, which shares every row until it changes. */
    public BlendDraft draft() {
        return new BlendDraft(this);
    }

    /** Writes it whole, without what it started from. */
    public void write(ByteSink out) {
        int[] all = new int[ROWS];
        Arrays.setAll(all, row -> row);
        new BlendRows(all, rows, steps, budget, draws).write(out);
    }

    /**
     * Reads what {@link #write} wrote. Signals and sources that were not known then stand as they
     * start.
     *
     * @param initial the state before anything was learned, under the present signals
     * @throws MalformedBytesException when these are not its bytes
     */
    public static BlendState read(ByteSource in, BlendState initial) {
        BlendDraft draft = initial.draft();
        draft.set(BlendRows.read(in));
        return draft.seal();
    }

    static float[][] combined(float[][] rows, ContextBucket bucket) {
        float[] shared = rows[bucket.historyRow()].clone();
        for (int row : bucket.offsetRows()) {
            add(rows[row], shared);
        }
        float[][] byAge = new float[ContextBucket.AGES][];
        for (int age = 0; age < byAge.length; age++) {
            byAge[age] = shared.clone();
            add(rows[ContextBucket.FIRST_AGE + age], byAge[age]);
        }
        return byAge;
    }

    private static void add(float[] offsets, float[] weights) {
        for (int signal = 0; signal < weights.length; signal++) {
            weights[signal] += offsets[signal];
        }
    }

    static int sums(int row) {
        return SUMS + row;
    }

    static int spread() {
        return SPREAD;
    }

    static int performance(int history) {
        return PERFORMANCE + history;
    }

    static int measured() {
        return MEASURED;
    }
}

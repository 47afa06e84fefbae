package dev.freshet.model.blend;

import dev.freshet.model.bytes.MalformedBytesException;
import java.util.Arrays;

/**
 * The mutable continuation of a {@link BlendState}; copies each changed row once. Used by one
 * thread.
 */
public final class BlendDraft {
    private static final float THOUSAND = 1_000;
    private static final double EARNED_BY_REPEATS =
            LearningBudget.EARNED * LearningBudget.OF_REPEATS / THOUSAND;

    private final float[][] base;
    private final float[][] initial;
    private final float[] leastUnit;
    private final int[] sourceOf;
    private final float[][] rows;
    private final boolean[] owned = new boolean[BlendState.ROWS];
    private long steps;
    private long budget;
    private long draws;
    private int boundedMoves;

    BlendDraft(BlendState from) {
        base = from.rows;
        initial = from.initial;
        leastUnit = from.leastUnit;
        sourceOf = from.sourceOf;
        rows = from.rows.clone();
        steps = from.steps;
        budget = from.budget;
        draws = from.draws;
    }

    /** Adds the budgets that one interaction earns. */
    public void earn() {
        budget = Math.min(LearningBudget.CAPACITY, budget + LearningBudget.EARNED);
        float[] lists = writable(BlendState.lists());
        lists[BlendState.REPEAT_CREDIT] =
                Math.min(
                        BlendState.MAX_REPEAT_CREDIT,
                        lists[BlendState.REPEAT_CREDIT] + (float) EARNED_BY_REPEATS);
    }

    /** Returns whether the budget of repeats allows learning about them now. */
    public boolean hasRepeatCredit() {
        return rows[BlendState.lists()][BlendState.REPEAT_CREDIT] > 0;
    }

    /** Takes work from the budget of repeats. */
    public void spendOnRepeats(long work) {
        writable(BlendState.lists())[BlendState.REPEAT_CREDIT] -= work / THOUSAND;
    }

    /** Returns whether the budget allows learning from a choice now. */
    public boolean hasCredit() {
        return budget > 0;
    }

    /** Returns whether enough is taken from lists that another one may be learned. */
    public boolean hasListCredit() {
        return rows[BlendState.lists()][BlendState.LIST_CREDIT] >= 1;
    }

    /** Subtracts work from the budget. */
    public void spend(long work) {
        budget -= work;
    }

    /**
     * Returns a pseudorandom number that is equal for all processes that fold the same examples
     * ({@link Draws}).
     *
     * @return 0 to {@code bound} − 1
     */
    public int draw(int bound) {
        return Draws.number(++draws, bound);
    }

    /**
     * Copies rows from another trainer.
     *
     * @throws MalformedBytesException when a row is longer than this state's
     */
    public void set(BlendRows changed) {
        for (int at = 0; at < changed.index().length; at++) {
            int row = changed.index()[at];
            float[] values = changed.rows()[at];
            if (values.length > rows[row].length) {
                throw new MalformedBytesException(
                        "a row of weights has "
                                + values.length
                                + " numbers, at most "
                                + rows[row].length);
            }
            System.arraycopy(values, 0, writable(row), 0, values.length);
        }
        steps = changed.steps();
        budget = changed.budget();
        draws = changed.draws();
    }

    /** Returns the rows that differ from those at the start of this draft. */
    public BlendRows changed() {
        int[] index = new int[rows.length];
        int size = 0;
        for (int row = 0; row < rows.length; row++) {
            if (owned[row] && !Arrays.equals(rows[row], base[row])) {
                index[size++] = row;
            }
        }
        int[] which = Arrays.copyOf(index, size);
        float[][] values = new float[size][];
        Arrays.setAll(values, at -> rows[which[at]].clone());
        return new BlendRows(which, values, steps, budget, draws);
    }

    /** Returns a view of the current content without copying, valid only until the next change. */
    public BlendState peek() {
        return new BlendState(rows, initial, leastUnit, sourceOf, steps, budget, draws);
    }

    /** Returns the content as an immutable value; this draft can be continued. */
    public BlendState seal() {
        float[][] sealed = rows.clone();
        for (int row = 0; row < rows.length; row++) {
            if (owned[row]) {
                sealed[row] = rows[row].clone();
            }
        }
        return new BlendState(sealed, initial, leastUnit, sourceOf, steps, budget, draws);
    }

    /**
     * Returns how many moves of a weight were cut short since this draft began, because they would
     * have passed the bound of {@link StackingSettings#bound}. Not part of the state.
     */
    public int boundedMoves() {
        return boundedMoves;
    }

    void countBoundedMove() {
        boundedMoves++;
    }

    float[] writable(int row) {
        if (!owned[row]) {
            rows[row] = rows[row].clone();
            owned[row] = true;
        }
        return rows[row];
    }

    float[] row(int row) {
        return rows[row];
    }

    float[] initial(int row) {
        return initial[row];
    }

    float[] leastUnit() {
        return leastUnit;
    }

    int[] sourceOf() {
        return sourceOf;
    }

    float[][] weights(ContextBucket bucket) {
        return BlendState.combined(rows, bucket);
    }

    long steps() {
        return steps;
    }

    void stepped() {
        steps++;
    }
}

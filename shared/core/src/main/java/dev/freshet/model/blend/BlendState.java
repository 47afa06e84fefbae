package dev.freshet.model.blend;

import dev.freshet.bytes.Fields;
import dev.freshet.bytes.Form;
import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.model.rows.Continuation;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The learned weights of the signals, immutable, ≈ 10 KB at 50 signals. An item's log odds are the
 * sum over signals of signal × weight, and a weight is a sum of offsets: by the user's history, the
 * device, the quarter of the day, whether the session continues, the item's age, and whether the
 * user interacted with it before.
 *
 * <p>Besides the weights it contains what learning needs (a decaying sum of squared gradients per
 * weight, the spread of each signal), the performance of each source alone, and a budget of work:
 * every example earns some and a step spends what it reads, so that learning has a constant cost
 * per example whatever the size of the site.
 *
 * @param rows weights and what learning needs, in {@code ROWS} rows
 * @param initial rows before the first choice
 * @param leastUnit by signal, the least unit that its weight is learned in
 * @param sourceOf by signal, the source that it belongs to
 * @param steps number of choices learned from
 * @param budget work that is left
 * @param draws number of pseudorandom numbers drawn so far
 */
@SuppressWarnings("ArrayRecordComponent") // never modified
public record BlendState(
        float[][] rows,
        float[][] initial,
        float[] leastUnit,
        int[] sourceOf,
        long steps,
        long budget,
        long draws) {
    static final int SUMS = ContextBucket.ROWS;
    static final int SPREAD = 2 * ContextBucket.ROWS;
    static final int PERFORMANCE = SPREAD + 1;
    static final int MEASURED = PERFORMANCE + ContextBucket.HISTORIES;

    static final int LISTS = MEASURED + 1;
    static final int REPEAT_SQUARES = LISTS + 1;

    /**
     * The number of rows: weights, sums of squared gradients, spreads, performance by history, the
     * weights of the performance, what lists shown are learned by, and the mean squares of the
     * signals of repeats.
     */
    static final int ROWS = REPEAT_SQUARES + 1;

    /** The place of the credit in the row of lists, behind a threshold for each history. */
    static final int LIST_CREDIT = ContextBucket.HISTORIES;

    /** The place of the number of choices among repeats, behind the credit. */
    static final int REPEAT_STEPS = LIST_CREDIT + 1;

    /** The place of the budget of repeats, in thousands of units of work. */
    static final int REPEAT_CREDIT = REPEAT_STEPS + 1;

    /** The greatest budget of repeats, and that of a new site. */
    static final float MAX_REPEAT_CREDIT = (float) (Budget.CAPACITY * Budget.OF_REPEATS / 1_000);

    /**
     * How many lists are learned for one item that is taken from a list. Whoever is shown lists and
     * takes nothing, as a crawler is, moves no weight beyond that.
     */
    static final int LISTS_PER_CHOICE = 50;

    /** The greatest credit, and that of a new site. */
    static final int MAX_LIST_CREDIT = 1_000;

    /**
     * Returns the state before the first choice.
     *
     * @param weights initial weights by history and signal, which learned weights are drawn towards
     * @param leastUnit by signal, the smallest standard deviation among candidates that a weight is
     *     learned in units of, > 0
     * @param sourceOf by signal, the source that it belongs to, from 0; a source alone scores by
     *     its own signals under these weights
     */
    public static BlendState initial(float[][] weights, float[] leastUnit, int[] sourceOf) {
        int signals = weights[0].length;
        int sources = Arrays.stream(sourceOf).max().orElse(-1) + 1;
        float[][] rows = new float[ROWS][];
        Arrays.setAll(
                rows,
                row -> new float[row < PERFORMANCE || row == REPEAT_SQUARES ? signals : sources]);
        for (int history = 0; history < ContextBucket.HISTORIES; history++) {
            rows[history] = weights[history].clone();
        }
        rows[MEASURED] = new float[ContextBucket.HISTORIES];
        rows[LISTS] = new float[ContextBucket.HISTORIES + 3];
        rows[LISTS][REPEAT_CREDIT] = MAX_REPEAT_CREDIT;
        rows[LISTS][LIST_CREDIT] = MAX_LIST_CREDIT;
        return new BlendState(
                rows, rows, leastUnit.clone(), sourceOf.clone(), 0, Budget.CAPACITY, 0);
    }

    /** Returns the number of signals. */
    public int signals() {
        return rows[0].length;
    }

    /**
     * Returns the weights in a context, by class of item ({@link ContextBucket#CLASSES}) and
     * signal; computed once a request.
     */
    public float[][] weights(ContextBucket bucket) {
        return combined(rows, bucket);
    }

    /**
     * Returns the initial weights for users of this history, by signal. The array must not be
     * changed.
     */
    public float[] starting(int history) {
        return initial[history];
    }

    /** Returns the weight of a signal for users of this history, without offsets. */
    public float weight(int history, int signal) {
        return rows[history][signal];
    }

    /**
     * Returns the influence of a signal on scores: the magnitude of its weight times its spread; 0
     * before any choice.
     */
    public double worth(int history, int signal) {
        return Math.abs(rows[history][signal]) * Math.sqrt(rows[SPREAD][signal]);
    }

    /**
     * Returns the performance of a source alone: the reciprocal of the rank it gave to the chosen
     * item, as a decayed mean over the last thousands of choices; 0 before any.
     */
    public double performance(int history, int source) {
        float measured = rows[MEASURED][history];
        return measured == 0 ? 0 : rows[PERFORMANCE + history][source] / measured;
    }

    /** Returns a mutable continuation, which shares every row until it changes. */
    public Draft draft() {
        return new Draft(this);
    }

    /**
     * Returns the form of the whole state without the initial weights. Signals and sources that did
     * not exist when it was written keep their initial values.
     *
     * @param initial the state before the first choice, under the current signals
     */
    public static Form<BlendState> form(BlendState initial) {
        return Form.of(
                (state, out) -> Rows.FORM.write(state.whole(), out),
                in -> {
                    Draft draft = initial.draft();
                    draft.set(Rows.FORM.read(in));
                    return draft.seal();
                });
    }

    private Rows whole() {
        int[] all = new int[ROWS];
        Arrays.setAll(all, row -> row);
        return new Rows(all, rows, steps, budget, draws);
    }

    static float[][] combined(float[][] rows, ContextBucket bucket) {
        float[] shared = rows[bucket.historyRow()].clone();
        for (int row : bucket.offsetRows()) {
            add(rows[row], shared);
        }
        float[][] byClass = new float[ContextBucket.CLASSES][];
        for (int age = 0; age < ContextBucket.AGES; age++) {
            byClass[age] = shared.clone();
            add(rows[ContextBucket.FIRST_AGE + age], byClass[age]);
            float[] repeats = byClass[age].clone();
            add(rows[ContextBucket.REPEAT], repeats);
            for (int row : bucket.repeatRows()) {
                add(rows[row], repeats);
            }
            byClass[ContextBucket.AGES + age] = repeats;
        }
        return byClass;
    }

    private static void add(float[] offsets, float[] weights) {
        for (int signal = 0; signal < weights.length; signal++) {
            weights[signal] += offsets[signal];
        }
    }

    /**
     * The mutable continuation of a {@link BlendState}; copies each changed row once. Used by one
     * thread.
     */
    public static final class Draft implements Continuation<BlendState> {
        private static final float THOUSAND = 1_000;
        private static final double EARNED_BY_REPEATS =
                Budget.EARNED * Budget.OF_REPEATS / THOUSAND;

        private final BlendState from;
        private final float[][] rows;
        private final boolean[] owned = new boolean[ROWS];
        private long steps;
        private long budget;
        private long draws;
        private int boundedMoves;

        private Draft(BlendState from) {
            this.from = from;
            rows = from.rows.clone();
            steps = from.steps;
            budget = from.budget;
            draws = from.draws;
        }

        /** Adds the budgets that one interaction earns. */
        public void earn() {
            budget = Math.min(Budget.CAPACITY, budget + Budget.EARNED);
            float[] lists = writable(LISTS);
            lists[REPEAT_CREDIT] =
                    Math.min(MAX_REPEAT_CREDIT, lists[REPEAT_CREDIT] + (float) EARNED_BY_REPEATS);
        }

        /**
         * Returns whether the budget of repeats allows learning about them now, as {@link #affords}
         * does.
         *
         * @param chance draws a number below another
         */
        public boolean affordsRepeats(IntUnaryOperator chance) {
            return Budget.allows(
                    (long) (rows[LISTS][REPEAT_CREDIT] * THOUSAND), Budget.OF_REPEATS, chance);
        }

        /** Takes work from the budget of repeats. */
        public void spendOnRepeats(long work) {
            writable(LISTS)[REPEAT_CREDIT] -= work / THOUSAND;
        }

        /** Returns whether the budget allows learning from a choice now; may draw a number. */
        public boolean affords() {
            return Budget.allows(budget, 1, this::draw);
        }

        /** Returns whether enough is taken from lists that another one may be learned. */
        public boolean hasListCredit() {
            return rows[LISTS][LIST_CREDIT] >= 1;
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
        public void set(Rows changed) {
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
        public Rows changed() {
            int[] index = new int[rows.length];
            int size = 0;
            for (int row = 0; row < rows.length; row++) {
                if (owned[row] && !Arrays.equals(rows[row], from.rows[row])) {
                    index[size++] = row;
                }
            }
            int[] which = Arrays.copyOf(index, size);
            float[][] values = new float[size][];
            Arrays.setAll(values, at -> rows[which[at]].clone());
            return new Rows(which, values, steps, budget, draws);
        }

        @Override
        public BlendState content(boolean sealed) {
            float[][] content = sealed ? rows.clone() : rows;
            for (int row = 0; row < rows.length && sealed; row++) {
                if (owned[row]) {
                    content[row] = rows[row].clone();
                }
            }
            return new BlendState(
                    content, from.initial, from.leastUnit, from.sourceOf, steps, budget, draws);
        }

        /**
         * Returns how many moves of a weight were cut short since this draft began, because they
         * would have passed the bound of {@link Stacking.Settings#bound}. Not part of the state.
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
            return from.initial[row];
        }

        float[] leastUnit() {
            return from.leastUnit;
        }

        int[] sourceOf() {
            return from.sourceOf;
        }

        float[][] weights(ContextBucket bucket) {
            return combined(rows, bucket);
        }

        long steps() {
            return steps;
        }

        void stepped() {
            steps++;
        }
    }

    /**
     * The amount of work that learning may take: a token bucket whose unit is about one number
     * read. Work is counted, not timed, so that all processes reach an equal state. A choice may be
     * learned from as long as the budget is above zero, and then takes its full cost, even into
     * debt: whether a choice is skipped never depends on its own cost.
     *
     * <p>Below a reserve, the less is left, the fewer choices are learned from, drawn by chance. If
     * a budget were just there or not, what follows an expensive choice would be left out: with it
     * the later choices of a session, and most of what there is to learn about repeats.
     */
    public static final class Budget {
        /**
         * The amount earned by every interaction: about 20 µs of one processor, including the
         * reading of lists.
         */
        public static final long EARNED = 800;

        /** The largest budget, which is also the initial one: some seconds. */
        public static final long CAPACITY = 1_000_000_000L;

        /** What is left from which on every choice is learned from: that of some 1,000 choices. */
        static final long RESERVE = 10_000_000;

        /** What learning from repeats may take beside it, as a share of the amounts above. */
        static final double OF_REPEATS = 0.25;

        private Budget() {}

        /**
         * @param share of the amounts above that the budget is
         */
        private static boolean allows(long left, double share, IntUnaryOperator chance) {
            int reserve = (int) (share * RESERVE);
            return left >= reserve || (left > 0 && chance.applyAsInt(reserve) < left);
        }
    }

    /**
     * The rows of a {@link BlendState} that a batch changed, with their values after it.
     *
     * @param index changed rows, ascending
     * @param rows parallel to {@code index}
     * @param steps number of learning steps so far
     * @param budget remaining work
     * @param draws number of pseudorandom numbers drawn so far
     */
    @SuppressWarnings("ArrayRecordComponent") // only carried to and from bytes
    public record Rows(int[] index, float[][] rows, long steps, long budget, long draws) {
        static final int MAX_NUMBERS = 1_024;

        /** The rows in 4 bytes a number. */
        public static final Form<Rows> FORM = Rows::form;

        private static final Form<float[]> NUMBERS = Rows::numbers;

        private static Rows form(Fields<Rows> fields) {
            long steps = fields.varint(Rows::steps);
            long budget = fields.zigzag(Rows::budget);
            long draws = fields.fixed64(Rows::draws);
            int[] index = new int[fields.count(BlendState.ROWS, 2, state -> state.index.length)];
            float[][] rows = new float[index.length][];
            for (int row = 0; row < index.length; row++) {
                int at = row;
                index[at] = fields.upTo(BlendState.ROWS - 1, state -> state.index[at]);
                rows[at] = fields.part(NUMBERS, state -> state.rows[at]);
            }
            return new Rows(index, rows, steps, budget, draws);
        }

        private static float[] numbers(Fields<float[]> fields) {
            float[] row = new float[fields.count(MAX_NUMBERS, 4, numbers -> numbers.length)];
            for (int number = 0; number < row.length; number++) {
                int at = number;
                row[at] = fields.finite32("a weight of the blend", numbers -> numbers[at]);
            }
            return row;
        }
    }
}

package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Method.Entrant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;

/** What one entry scored at each of the moments, in columns. Filled by one thread. */
final class Scoreboard {
    /** Rank of an item that could not be ranked. */
    static final double MISS = Double.POSITIVE_INFINITY;

    private static final int[] DEPTHS = {5, 10, 20};
    private static final List<Column> RECALLS =
            List.of(Column.RECALL_5, Column.RECALL_10, Column.RECALL_20);

    /** A value at each moment. */
    enum Column {
        /** The expected rank of the actual item, from 1. */
        RANK,
        /** The share of all that the person goes on to interact with that the first five hold. */
        RECALL_5,
        /** That share of the first ten. */
        RECALL_10,
        /** That share of the first twenty. */
        RECALL_20,
        /**
         * The gain of the first twenty, 1 for each item that the person goes on to interact with,
         * discounted by log₂(1 + rank), over the best possible.
         */
        GAIN,
        /** The difference of a predicted rating from the given one. */
        ERROR
    }

    private final Entrant entrant;
    private final Moments moments;
    private final Map<Column, double[]> columns = new EnumMap<>(Column.class);
    private final BitSet shown = new BitSet();
    private double surprise;
    private long places;

    /** Creates a board on which every moment is a miss. */
    Scoreboard(Entrant entrant, Moments moments) {
        this.entrant = entrant;
        this.moments = moments;
        for (Column column : Column.values()) {
            columns.put(column, new double[column == Column.RANK ? moments.size() : 0]);
        }
        Arrays.fill(column(Column.RANK), MISS);
    }

    Entrant entrant() {
        return entrant;
    }

    Moments moments() {
        return moments;
    }

    private double[] column(Column column) {
        return Objects.requireNonNull(columns.get(column));
    }

    double of(Column column, int moment) {
        return moment < column(column).length ? column(column)[moment] : 0;
    }

    void put(Column column, int moment, double value) {
        if (column(column).length == 0) {
            columns.put(column, new double[moments.size()]);
        }
        column(column)[moment] = value;
    }

    double rank(int moment) {
        return of(Column.RANK, moment);
    }

    /** Returns whether the item was among the first {@code depth}. */
    boolean hit(int moment, int depth) {
        return rank(moment) <= depth;
    }

    /** Returns the reciprocal rank, 0 beyond the depth. */
    double reciprocal(int moment, int depth) {
        return hit(moment, depth) ? 1 / rank(moment) : 0;
    }

    /** Records the items of the list that would have been shown. */
    void show(EvaluatedAnswer answer, int depth, StreamState state) {
        for (int rank = 0; rank < answer.top(depth); rank++) {
            shown.set(answer.item(rank));
            surprise += state.surprise(answer.item(rank));
            places++;
        }
    }

    /**
     * Records how much of what the person goes on to interact with a list holds.
     *
     * @param isWanted whether the person does so with an item
     * @param wanted number of such items, from 1
     */
    void recall(int moment, EvaluatedAnswer answer, IntPredicate isWanted, int wanted) {
        int found = 0;
        double gain = 0;
        double best = 0;
        int depth = 0;
        for (int rank = 0; rank < DEPTHS[DEPTHS.length - 1]; rank++) {
            double discounted = Math.log(2) / Math.log(rank + 2);
            best += rank < wanted ? discounted : 0;
            if (rank < answer.top(rank + 1) && isWanted.test(answer.item(rank))) {
                found++;
                gain += discounted;
            }
            if (rank + 1 == DEPTHS[depth]) {
                put(RECALLS.get(depth++), moment, (float) ((double) found / wanted));
            }
        }
        put(Column.GAIN, moment, (float) (gain / best));
    }

    /** Returns the number of distinct items shown at any moment. */
    int distinctShown() {
        return shown.cardinality();
    }

    /** Returns the mean self-information of the shown items, in bits. */
    double novelty() {
        return places == 0 ? 0 : surprise / places;
    }
}

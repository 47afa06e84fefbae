package dev.freshet.model;

import dev.freshet.model.rows.Refs;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Per item the items most often met next by the same reader within {@link #WITHIN_SECONDS}, by
 * Space-Saving: at most {@link ModelSettings#SUCCESSORS} counters; a new item takes over the
 * lowest, with the count it found as its error. Rows of (item, count, error), ≤ 120 B. Not additive
 * across orders and not taken back: a small hint beside the baskets.
 *
 * <p>Source: Metwally, Agrawal, El Abbadi, "Efficient Computation of Frequent and Top-k Elements in
 * Data Streams", 2005.
 */
record Successors(Refs<int[]> rows) {
    static final int WIDTH = 3;
    static final int WITHIN_SECONDS = 86_400;
    static final Successors EMPTY = new Successors(Refs.empty());

    int[] row(int item) {
        return orEmpty(rows.get(item));
    }

    Draft draft() {
        return new Draft(rows.draft());
    }

    private static int[] orEmpty(int @Nullable [] row) {
        return row == null ? Entries.NONE : row;
    }

    /** The mutable continuation. */
    record Draft(Refs.Draft<int[]> rows) {
        void count(int item, int next) {
            int[] row = orEmpty(rows.get(item));
            int lowest = 0;
            for (int at = 0; at < row.length; at += WIDTH) {
                if (row[at] == next) {
                    int[] raised = row.clone();
                    raised[at + 1]++;
                    rows.set(item, raised);
                    return;
                }
                if (row[at + 1] < row[lowest + 1]) {
                    lowest = at;
                }
            }
            if (row.length < ModelSettings.SUCCESSORS * WIDTH) {
                int[] more = Arrays.copyOf(row, row.length + WIDTH);
                more[row.length] = next;
                more[row.length + 1] = 1;
                rows.set(item, more);
            } else {
                int[] taken = row.clone();
                taken[lowest] = next;
                taken[lowest + 2] = row[lowest + 1];
                taken[lowest + 1] = row[lowest + 1] + 1;
                rows.set(item, taken);
            }
        }

        Successors peek() {
            return new Successors(rows.peek());
        }

        Successors seal() {
            return new Successors(rows.seal());
        }
    }
}

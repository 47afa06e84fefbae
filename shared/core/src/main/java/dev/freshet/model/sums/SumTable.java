package dev.freshet.model.sums;

import java.util.Arrays;

/**
 * Sums of whole numbers by row and column, as an immutable value; what the rows and columns are is
 * declared by who has one. It does not depend on the order of what is added. It has the rows up to
 * the last one, and a row the columns up to the last one, that are not 0; a number takes 8 B.
 */
public final class SumTable {
    private static final long[] ZEROS = {};

    /** A table of zeros. */
    static final SumTable ZERO = new SumTable(new long[0][]);

    private final long[][] rows;

    private SumTable(long[][] rows) {
        this.rows = rows;
    }

    private long[] row(int row) {
        return row < rows.length ? rows[row] : ZEROS;
    }

    long get(int row, int column) {
        long[] columns = row(row);
        return column < columns.length ? columns[column] : 0;
    }

    /** Returns the first columns of a row. */
    long[] row(int row, int columns) {
        return Arrays.copyOf(row(row), columns);
    }

    /** Returns a table whose first row is one of this. */
    SumTable only(int row) {
        return row(row).length == 0 ? ZERO : new SumTable(new long[][] {row(row)});
    }

    /** Returns the number of the first rows that have a sum, of at most this many. */
    int filled(int most) {
        int filled = Math.min(most, rows.length);
        while (filled > 0 && rows[filled - 1].length == 0) {
            filled--;
        }
        return filled;
    }

    /** Returns a mutable continuation with this many rows and columns. */
    Draft draft(int height, int columns) {
        long[][] all = Arrays.copyOf(rows, height);
        Arrays.fill(all, rows.length, height, ZEROS);
        return new Draft(all, columns);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SumTable that && Arrays.deepEquals(rows, that.rows);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(rows);
    }

    @Override
    public String toString() {
        return Arrays.deepToString(rows);
    }

    /** The mutable continuation, which copies each changed row once. Used by one thread. */
    static final class Draft {
        private final long[][] rows;
        private final boolean[] owned;
        private final int columns;

        private Draft(long[][] rows, int columns) {
            this.rows = rows;
            this.columns = columns;
            owned = new boolean[rows.length];
        }

        long get(int row, int column) {
            return column < rows[row].length ? rows[row][column] : 0;
        }

        void add(int row, int column, long amount) {
            if (amount != 0) {
                if (!owned[row]) {
                    rows[row] = Arrays.copyOf(rows[row], columns);
                    owned[row] = true;
                }
                rows[row][column] += amount;
            }
        }

        void add(SumTable other) {
            for (int row = 0; row < other.rows.length; row++) {
                for (int column = 0; column < other.rows[row].length; column++) {
                    add(row, column, other.rows[row][column]);
                }
            }
        }

        /** Returns the content as an immutable value; this draft can be continued. */
        SumTable seal() {
            for (int row = 0; row < rows.length; row++) {
                if (owned[row]) {
                    rows[row] = trimmed(rows[row]);
                    owned[row] = false;
                }
            }
            int height = rows.length;
            while (height > 0 && rows[height - 1].length == 0) {
                height--;
            }
            return new SumTable(Arrays.copyOf(rows, height));
        }

        private static long[] trimmed(long[] row) {
            int length = row.length;
            while (length > 0 && row[length - 1] == 0) {
                length--;
            }
            return length == 0 ? ZEROS : Arrays.copyOf(row, length);
        }
    }
}

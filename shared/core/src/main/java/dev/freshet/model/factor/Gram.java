package dev.freshet.model.factor;

/**
 * Symmetric matrices of {@value #RANK} rows as their lower halves, row by row, and what is asked of
 * them. Scalar loops in fixed order: the same numbers on every processor.
 */
final class Gram {
    /** The length of every vector. */
    static final int RANK = 16;

    static final int SIZE = RANK * (RANK + 1) / 2;

    private Gram() {}

    /** Adds {@code scale} · v vᵀ. */
    static void add(double[] gram, float[] v, double scale) {
        int at = 0;
        for (int row = 0; row < RANK; row++) {
            double scaled = scale * v[row];
            for (int column = 0; column <= row; column++) {
                gram[at++] += scaled * v[column];
            }
        }
    }

    /** gram · v. */
    static double[] times(double[] gram, float[] v) {
        double[] product = new double[RANK];
        int at = 0;
        for (int row = 0; row < RANK; row++) {
            for (int column = 0; column < row; column++) {
                product[row] += gram[at] * v[column];
                product[column] += gram[at++] * v[row];
            }
            product[row] += gram[at++] * v[row];
        }
        return product;
    }

    /**
     * Solves gram · x = right by Cholesky's decomposition; both are written over, x stands in
     * {@code right}. The diagonal is kept as its reciprocal: sixteen divisions in all.
     *
     * @param gram positive definite
     */
    static void solve(double[] gram, double[] right) {
        decompose(gram);
        substitute(gram, right);
    }

    private static void decompose(double[] gram) {
        for (int row = 0; row < RANK; row++) {
            int ofRow = row * (row + 1) / 2;
            for (int column = 0; column <= row; column++) {
                int ofColumn = column * (column + 1) / 2;
                double rest = gram[ofRow + column];
                for (int at = 0; at < column; at++) {
                    rest -= gram[ofRow + at] * gram[ofColumn + at];
                }
                gram[ofRow + column] =
                        row == column ? 1 / Math.sqrt(rest) : rest * gram[ofColumn + column];
            }
        }
    }

    /**
     * Solves another right side, written over.
     *
     * @param gram as {@link #solve} left it
     */
    static void substitute(double[] gram, double[] right) {
        for (int row = 0; row < RANK; row++) {
            int ofRow = row * (row + 1) / 2;
            for (int at = 0; at < row; at++) {
                right[row] -= gram[ofRow + at] * right[at];
            }
            right[row] *= gram[ofRow + row];
        }
        for (int row = RANK - 1; row >= 0; row--) {
            for (int at = row + 1; at < RANK; at++) {
                right[row] -= gram[at * (at + 1) / 2 + row] * right[at];
            }
            right[row] *= gram[row * (row + 1) / 2 + row];
        }
    }
}

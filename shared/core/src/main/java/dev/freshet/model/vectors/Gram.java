package dev.freshet.model.vectors;

/**
 * Symmetric matrices of {@value #RANK} rows, stored as their lower halves, row by row. All
 * operations are scalar loops in fixed order, so that results are equal on every processor.
 */
final class Gram {
    /** The number of rows, which is the length of every vector. */
    static final int RANK = 16;

    /** The length of a stored matrix. */
    static final int SIZE = RANK * (RANK + 1) / 2;

    private Gram() {}

    /** Adds {@code scale} · v vᵀ to a matrix. */
    static void add(double[] gram, float[] v, double scale) {
        double[] wide = new double[RANK]; // each number is converted once, not for each product
        for (int row = 0; row < RANK; row++) {
            wide[row] = v[row];
        }
        int at = 0;
        for (int row = 0; row < RANK; row++) {
            double scaled = scale * wide[row];
            for (int column = 0; column <= row; column++) {
                gram[at++] += scaled * wide[column];
            }
        }
    }

    /** Returns the product of a matrix and a vector. */
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
     * Solves gram · x = right by Cholesky decomposition. Both arguments are overwritten: {@code
     * right} contains x, {@code gram} the decomposition with the reciprocals of its diagonal, which
     * takes sixteen divisions in all.
     *
     * @param gram positive definite
     */
    static void solve(double[] gram, double[] right) {
        decompose(gram);
        substitute(gram, right);
    }

    /**
     * Overwrites a positive definite matrix with its Cholesky factor, whose diagonal is stored as
     * reciprocals.
     */
    static void decompose(double[] gram) {
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
     * Solves for another right side, which is overwritten.
     *
     * @param gram the decomposition that {@link #solve} left
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

package dev.freshet.bench.baseline;

import java.util.Arrays;

/**
 * Normal equations of one row of {@link ImplicitAls}: (α₀ Σ over all rows x·xᵀ + Σ over observed
 * rows x·xᵀ + penalty · I) w = Σ over observed rows x. Symmetric and positive definite for a
 * penalty above 0, so elimination needs no pivoting (Golub and Van Loan, "Matrix Computations",
 * §4.1). Not thread-safe.
 */
final class RidgeSystem {
    private final int size;
    private final double unobserved;

    /** Upper triangles, row by row. */
    private final double[][] everywhere;

    private final double[][] left;
    private final double[] right;

    RidgeSystem(int size, double unobserved) {
        this.size = size;
        this.unobserved = unobserved;
        everywhere = new double[size][size];
        left = new double[size][size];
        right = new double[size];
    }

    /** Sets the term shared by all solutions: α₀ Σ x·xᵀ. */
    void everywhere(double[][] rows) {
        for (double[] row : everywhere) {
            Arrays.fill(row, 0);
        }
        for (double[] row : rows) {
            addSquare(row, everywhere);
        }
        for (double[] row : everywhere) {
            for (int c = 0; c < size; c++) {
                row[c] *= unobserved;
            }
        }
    }

    void begin() {
        for (int r = 0; r < size; r++) {
            System.arraycopy(everywhere[r], r, left[r], r, size - r);
        }
        Arrays.fill(right, 0);
    }

    /** Adds an observed row. */
    void add(double[] row) {
        addSquare(row, left);
        for (int c = 0; c < size; c++) {
            right[c] += row[c];
        }
    }

    private void addSquare(double[] row, double[][] into) {
        for (int r = 0; r < size; r++) {
            double factor = row[r];
            double[] target = into[r];
            for (int c = r; c < size; c++) {
                target[c] += factor * row[c];
            }
        }
    }

    /** Solves the system of the rows added since {@link #begin}, and destroys it. */
    void solve(double penalty, double[] solution) {
        for (int r = 0; r < size; r++) {
            left[r][r] += penalty;
        }
        for (int k = 0; k < size; k++) {
            eliminate(k);
        }
        for (int r = size - 1; r >= 0; r--) {
            double rest = right[r];
            for (int c = r + 1; c < size; c++) {
                rest -= left[r][c] * solution[c];
            }
            solution[r] = rest / left[r][r];
        }
    }

    private void eliminate(int k) {
        double[] pivot = left[k];
        for (int r = k + 1; r < size; r++) {
            double factor = pivot[r] / pivot[k];
            double[] target = left[r];
            for (int c = r; c < size; c++) {
                target[c] -= factor * pivot[c];
            }
            right[r] -= factor * right[k];
        }
    }
}

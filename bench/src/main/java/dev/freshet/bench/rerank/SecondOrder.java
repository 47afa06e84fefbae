package dev.freshet.bench.rerank;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * One weight for each signal, learned by second-order steps: Newton's on the log loss of a softmax
 * over the items (online Newton step: Hazan, Agarwal, Kale 2007). The curvature is a sum over
 * earlier choices that decays, so that the weights follow the last {@value #MEMORY} of them, beside
 * a ridge that draws weights to zero. A step takes into account that signals vary together, as a
 * count and its logarithm do; the blend has a step length for each signal alone.
 *
 * <p>Cost of a step: n² numbers for each item and n³ / 6 for the solution, n being the number of
 * signals.
 */
final class SecondOrder implements Reranker {
    private static final int MEMORY = 2_000;
    private static final double KEEP = 1 - 1.0 / MEMORY;
    private static final double RIDGE = 10;

    private final double[] weights;
    private final double[][] curvature;

    SecondOrder(int signals) {
        weights = new double[signals];
        curvature = new double[signals][];
        for (int row = 0; row < signals; row++) {
            curvature[row] = new double[row + 1];
        }
    }

    @Override
    public double added(double[] signals) {
        double added = 0;
        for (int signal = 0; signal < weights.length; signal++) {
            added += weights[signal] * signals[signal];
        }
        return added;
    }

    @Override
    public void learn(double[][] items, double[] scores, int chosen) {
        double[] shares = Reranker.shares(scores, added(items));
        double[] expected = new double[weights.length];
        for (int at = 0; at < shares.length; at++) {
            for (int signal = 0; signal < expected.length; signal++) {
                expected[signal] += shares[at] * items[at][signal];
            }
        }
        remember(items, shares, expected);
        double[] gradient = new double[weights.length];
        for (int signal = 0; signal < gradient.length; signal++) {
            gradient[signal] =
                    expected[signal] - items[chosen][signal] + (1 - KEEP) * RIDGE * weights[signal];
        }
        double[] step = solve(gradient);
        for (int signal = 0; signal < step.length; signal++) {
            double moved = weights[signal] - step[signal];
            weights[signal] = Math.clamp(moved, -RerankedBlend.MAX_ADDED, RerankedBlend.MAX_ADDED);
        }
    }

    /** Adds the curvature of one choice: the covariance of the signals under its shares. */
    private void remember(double[][] items, double[] shares, double[] expected) {
        for (int row = 0; row < expected.length; row++) {
            for (int column = 0; column <= row; column++) {
                double sum = 0;
                for (int at = 0; at < shares.length; at++) {
                    sum +=
                            shares[at]
                                    * (items[at][row] - expected[row])
                                    * (items[at][column] - expected[column]);
                }
                curvature[row][column] = KEEP * curvature[row][column] + sum;
            }
        }
    }

    /** Returns the solution of curvature and ridge, which are positive definite together. */
    private double[] solve(double[] right) {
        double[][] left = new double[weights.length][weights.length];
        for (int row = 0; row < left.length; row++) {
            for (int column = 0; column <= row; column++) {
                left[row][column] = curvature[row][column];
                left[column][row] = curvature[row][column];
            }
            left[row][row] += RIDGE;
        }
        return new CholeskyDecomposition(new Array2DRowRealMatrix(left, false))
                .getSolver()
                .solve(new ArrayRealVector(right, false))
                .toArray();
    }
}

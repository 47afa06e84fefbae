package dev.freshet.model.blend;

/**
 * What the first items of a ranking get beside the blend: one weight for each signal, the same in
 * all contexts, learned by second-order steps. The blend's weights have to hold for all candidates
 * and each has a step length of its own; these only have to hold among the {@value #FIRST} items
 * that the blend ranks first, and a step takes into account that signals vary together, as a count
 * and its logarithm do.
 *
 * <p>A step is Newton's on the log loss of a softmax over the first items, whose scores are those
 * of the blend and the residual together (online Newton step: Hazan, Agarwal, Kale 2007). The
 * curvature is a sum over earlier choices that decays, so that the residual follows the last
 * {@value #MEMORY} of them, beside a ridge in units of each signal's spread, which draws weights to
 * zero. Without choices the weights are zero.
 *
 * <p>Choices must be exactly those of the first items: among other alternatives, or where the
 * chosen item is added to the first ones, being among the first would itself predict the choice.
 *
 * <p>Cost of a step: n² numbers for each of the first items and n³ / 6 for the solution, n being
 * the number of signals.
 */
public final class Residual {
    /** The number of items of a ranking that are refined. */
    public static final int FIRST = 100;

    /** The greatest amount that an item gains or loses against the mean, in log odds. */
    public static final double BOUND = 3;

    /** One in this many choices is learned from. */
    static final int ONE_IN = 8;

    /** The number of choices that the curvature remembers. */
    static final int MEMORY = 2_000;

    /** Numbers that are read in the time of one that is looked up. */
    private static final int AT_ONCE = 8;

    private static final double RIDGE = 10;
    private static final double KEEP = 1 - 1.0 / MEMORY;

    private Residual() {}

    /**
     * Returns whether a choice is one of those that are learned from. Neither depends on the blend
     * nor changes it.
     *
     * @param draws of this choice alone
     */
    public static boolean isDue(Draws draws) {
        return draws.below(ONE_IN) == 0;
    }

    /**
     * Returns what a sum of weights times signals is multiplied by, so that it stays within {@link
     * #BOUND}: 1 but for items further away from the mean.
     *
     * @param weights by signal
     * @param mean of each signal over the first items
     * @param signals of one item
     */
    public static double scale(float[] weights, double[] mean, float[] signals) {
        double sum = 0;
        for (int signal = 0; signal < weights.length; signal++) {
            sum += weights[signal] * (signals[signal] - mean[signal]);
        }
        return Math.abs(sum) <= BOUND ? 1 : BOUND / Math.abs(sum);
    }

    /** Returns the mean of each signal over some items, at least one. */
    public static double[] mean(float[][] signals) {
        double[] mean = new double[signals[0].length];
        for (float[] vector : signals) {
            for (int signal = 0; signal < mean.length; signal++) {
                mean[signal] += vector[signal] / (double) signals.length;
            }
        }
        return mean;
    }

    /**
     * Learns from a choice among the first items.
     *
     * @param scores of the blend alone, in log odds, by item
     * @param signals by item, those of the chosen one at {@code chosen}
     * @param weight factor of the gradient, above 0
     */
    public static void learn(
            double[] scores, float[][] signals, int chosen, double weight, BlendDraft draft) {
        float[] weights = draft.writable(BlendState.residual());
        float[] curvature = draft.writable(BlendState.curvature());
        double[] shares = shares(scores, signals, weights);
        double[] expected = new double[weights.length];
        for (int at = 0; at < shares.length; at++) {
            for (int signal = 0; signal < expected.length; signal++) {
                expected[signal] += shares[at] * signals[at][signal];
            }
        }
        remember(shares, signals, expected, weight, curvature);
        double[] units = units(draft);
        double[] gradient = new double[weights.length];
        for (int signal = 0; signal < gradient.length; signal++) {
            double pull = (1 - KEEP) * RIDGE * weights[signal] * units[signal];
            double slope = weight * (expected[signal] - signals[chosen][signal]);
            gradient[signal] = slope / units[signal] + pull;
        }
        double[] step = solve(factor(curvature, units), gradient);
        for (int signal = 0; signal < step.length; signal++) {
            double bound = BOUND / units[signal];
            double moved = weights[signal] - step[signal] / units[signal];
            if (Math.abs(moved) > bound) {
                draft.countBoundedMove();
            }
            weights[signal] = (float) Math.clamp(moved, -bound, bound);
        }
    }

    /** Returns about how many numbers {@link #learn} reads. */
    public static long work(float[][] signals) {
        long size = signals[0].length;
        return (size * size * signals.length / 2 + size * size * size / 6) / AT_ONCE;
    }

    private static double[] shares(double[] scores, float[][] signals, float[] weights) {
        double[] mean = mean(signals);
        double[] shares = new double[scores.length];
        double best = Double.NEGATIVE_INFINITY;
        for (int at = 0; at < shares.length; at++) {
            double added = 0;
            for (int signal = 0; signal < weights.length; signal++) {
                added += weights[signal] * (signals[at][signal] - mean[signal]);
            }
            shares[at] = scores[at] + Math.clamp(added, -BOUND, BOUND);
            best = Math.max(best, shares[at]);
        }
        double sum = 0;
        for (int at = 0; at < shares.length; at++) {
            shares[at] = StrictMath.exp(shares[at] - best);
            sum += shares[at];
        }
        for (int at = 0; at < shares.length; at++) {
            shares[at] /= sum;
        }
        return shares;
    }

    /** Adds the curvature of one choice: the covariance of the signals under its shares. */
    private static void remember(
            double[] shares,
            float[][] signals,
            double[] expected,
            double weight,
            float[] curvature) {
        int size = expected.length;
        double[] sums = new double[curvature.length];
        double[] distance = new double[size];
        for (int at = 0; at < shares.length; at++) {
            for (int signal = 0; signal < size; signal++) {
                distance[signal] = signals[at][signal] - expected[signal];
            }
            int cell = 0;
            for (int row = 0; row < size; row++) {
                double scaled = weight * shares[at] * distance[row];
                for (int column = 0; column <= row; column++) {
                    sums[cell++] += scaled * distance[column];
                }
            }
        }
        for (int cell = 0; cell < curvature.length; cell++) {
            curvature[cell] = (float) (KEEP * curvature[cell] + sums[cell]);
        }
    }

    private static double[] units(BlendDraft draft) {
        float[] spread = draft.row(BlendState.spread());
        float[] least = draft.leastUnit();
        double[] units = new double[spread.length];
        for (int signal = 0; signal < units.length; signal++) {
            units[signal] = Math.max(StrictMath.sqrt(spread[signal]), least[signal]);
        }
        return units;
    }

    /**
     * Returns the Cholesky factor of curvature and ridge in these units. No pivot is below the
     * ridge, but for rounding, because the curvature is a sum of covariances.
     */
    private static double[][] factor(float[] curvature, double[] units) {
        double[][] factor = new double[units.length][];
        int cell = 0;
        for (int row = 0; row < units.length; row++) {
            double[] own = new double[row + 1];
            factor[row] = own;
            for (int column = 0; column <= row; column++) {
                double left = curvature[cell++] / (units[row] * units[column]);
                double[] other = factor[column];
                for (int at = 0; at < column; at++) {
                    left -= own[at] * other[at];
                }
                own[column] =
                        row == column
                                ? StrictMath.sqrt(Math.max(RIDGE, left + RIDGE))
                                : left / other[column];
            }
        }
        return factor;
    }

    private static double[] solve(double[][] factor, double[] right) {
        double[] solution = right.clone();
        for (int row = 0; row < solution.length; row++) {
            for (int at = 0; at < row; at++) {
                solution[row] -= factor[row][at] * solution[at];
            }
            solution[row] /= factor[row][row];
        }
        for (int row = solution.length - 1; row >= 0; row--) {
            for (int at = row + 1; at < solution.length; at++) {
                solution[row] -= factor[at][row] * solution[at];
            }
            solution[row] /= factor[row][row];
        }
        return solution;
    }
}

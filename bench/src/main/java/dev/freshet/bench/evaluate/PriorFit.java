package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.PriorChoices.Choice;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.StartingWeights;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Starting weights fitted to the choices on several sites: they minimise the mean over sites of the
 * mean log loss of a softmax over the alternatives, plus a ridge penalty on how far they are from
 * the weights that the signals state. The weights of each length of history are those of all
 * lengths plus an offset, and both are penalised alike, so that lengths with few choices follow the
 * others. Distances are in units of a signal's deviation among alternatives, at least its least
 * unit.
 *
 * <p>Newton's method; each of {@value #STEPS} steps costs 1,200 products for each alternative.
 */
final class PriorFit {
    private static final int STEPS = 5;

    /** Penalty of the distance of a weight that is kept. */
    private static final double KEPT = 1e9;

    private static final int HISTORIES = HistoryLength.values().length;
    private static final int SIGNALS = SignalFamilies.COUNT;

    private final List<List<Choice>> sites;
    private final double ridge;
    private final boolean keepStated;
    private final double[] unit;
    private final float[][] stated = new float[HISTORIES][SIGNALS];

    private PriorFit(List<List<Choice>> sites, double ridge, boolean keepStated) {
        this.sites = sites;
        this.ridge = ridge;
        this.keepStated = keepStated;
        unit = units(sites);
        for (HistoryLength length : HistoryLength.values()) {
            for (Signal signal : SignalFamilies.SIGNALS) {
                stated[length.at()][signal.at()] = signal.startingWeight(length);
            }
        }
    }

    /**
     * Returns the weights that fit the choices of these sites, each of which counts alike.
     *
     * @param keepStated whether signals that state a weight keep it, and only the others are fitted
     */
    static StartingWeights of(List<List<Choice>> sites, double ridge, boolean keepStated) {
        return StartingWeights.of(
                SignalFamilies.SIGNALS, new PriorFit(sites, ridge, keepStated).fit());
    }

    /** Returns the mean log loss of these weights on the choices of a site. */
    static double loss(StartingWeights weights, List<Choice> choices) {
        double[][] byHistory = new double[HISTORIES][SIGNALS];
        for (HistoryLength length : HistoryLength.values()) {
            for (Signal signal : SignalFamilies.SIGNALS) {
                byHistory[length.at()][signal.at()] = weights.weight(length, signal);
            }
        }
        double sum = 0;
        double all = 0;
        for (Choice choice : choices) {
            double first = probabilities(choice, byHistory[choice.history()])[0];
            sum -= choice.weight() * StrictMath.log(Math.max(Double.MIN_NORMAL, first));
            all += choice.weight();
        }
        return sum / Math.max(Double.MIN_NORMAL, all);
    }

    private float[][] fit() {
        double[] moved = new double[(1 + HISTORIES) * SIGNALS]; // shared, then by history
        for (int step = 0; step < STEPS; step++) {
            newton(moved);
        }
        double[][] weights = weights(moved);
        float[][] rounded = new float[HISTORIES][SIGNALS];
        for (int history = 0; history < HISTORIES; history++) {
            for (int signal = 0; signal < SIGNALS; signal++) {
                rounded[history][signal] = (float) weights[history][signal];
            }
        }
        return rounded;
    }

    private double[][] weights(double[] moved) {
        double[][] weights = new double[HISTORIES][SIGNALS];
        for (int history = 0; history < HISTORIES; history++) {
            for (int signal = 0; signal < SIGNALS; signal++) {
                weights[history][signal] =
                        stated[history][signal]
                                + (moved[signal] + moved[(1 + history) * SIGNALS + signal])
                                        / unit[signal];
            }
        }
        return weights;
    }

    private void newton(double[] moved) {
        double[][] weights = weights(moved);
        double[][] slopes = new double[HISTORIES][SIGNALS];
        double[][][] curvatures = new double[HISTORIES][SIGNALS][SIGNALS];
        for (List<Choice> site : sites) {
            double all = site.stream().mapToDouble(Choice::weight).sum() * sites.size();
            for (Choice choice : site) {
                int history = choice.history();
                add(
                        choice,
                        choice.weight() / all,
                        probabilities(choice, weights[history]),
                        slopes[history],
                        curvatures[history]);
            }
        }
        double[] slope = new double[moved.length];
        double[][] curvature = new double[moved.length][moved.length];
        for (int at = 0; at < moved.length; at++) {
            double own = isKept(at % SIGNALS) ? KEPT : ridge;
            slope[at] = own * moved[at];
            curvature[at][at] = own;
        }
        for (int history = 0; history < HISTORIES; history++) {
            int own = (1 + history) * SIGNALS;
            for (int one = 0; one < SIGNALS; one++) {
                slope[one] += slopes[history][one];
                slope[own + one] += slopes[history][one];
                for (int two = 0; two < SIGNALS; two++) {
                    double value = curvatures[history][Math.max(one, two)][Math.min(one, two)];
                    curvature[one][two] += value;
                    curvature[one][own + two] += value;
                    curvature[own + one][two] += value;
                    curvature[own + one][own + two] += value;
                }
            }
        }
        double[] step =
                new CholeskyDecomposition(
                                new Array2DRowRealMatrix(curvature, false),
                                CholeskyDecomposition.DEFAULT_RELATIVE_SYMMETRY_THRESHOLD,
                                0)
                        .getSolver()
                        .solve(new ArrayRealVector(slope, false))
                        .toArray();
        for (int at = 0; at < moved.length; at++) {
            moved[at] -= step[at];
        }
    }

    private boolean isKept(int signal) {
        return keepStated && Arrays.stream(stated).anyMatch(ofHistory -> ofHistory[signal] != 0);
    }

    /** Adds the gradient and the lower half of the curvature of one choice, in units. */
    private void add(
            Choice choice,
            double weight,
            double[] probabilities,
            double[] slope,
            double[][] curvature) {
        double[] mean = new double[SIGNALS];
        double[][] centred = new double[probabilities.length][SIGNALS];
        for (int at = 0; at < probabilities.length; at++) {
            float[] vector = choice.signals().get(at);
            for (int signal = 0; signal < SIGNALS; signal++) {
                centred[at][signal] = vector[signal] / unit[signal];
                mean[signal] += probabilities[at] * centred[at][signal];
            }
        }
        for (int signal = 0; signal < SIGNALS; signal++) {
            slope[signal] += weight * (mean[signal] - centred[0][signal]);
        }
        for (int at = 0; at < probabilities.length; at++) {
            for (int one = 0; one < SIGNALS; one++) {
                double scaled = weight * probabilities[at] * (centred[at][one] - mean[one]);
                for (int two = 0; scaled != 0 && two <= one; two++) {
                    curvature[one][two] += scaled * (centred[at][two] - mean[two]);
                }
            }
        }
    }

    private static double[] probabilities(Choice choice, double[] weights) {
        double[] shares = new double[choice.importance().length];
        double best = Double.NEGATIVE_INFINITY;
        for (int at = 0; at < shares.length; at++) {
            float[] vector = choice.signals().get(at);
            for (int signal = 0; signal < SIGNALS; signal++) {
                shares[at] += weights[signal] * vector[signal];
            }
            best = Math.max(best, shares[at]);
        }
        double sum = 0;
        for (int at = 0; at < shares.length; at++) {
            shares[at] = choice.importance()[at] * StrictMath.exp(shares[at] - best);
            sum += shares[at];
        }
        for (int at = 0; at < shares.length; at++) {
            shares[at] /= sum;
        }
        return shares;
    }

    /** Returns the deviation of each signal among alternatives, at least its least unit. */
    private static double[] units(List<List<Choice>> sites) {
        double[] variances = new double[SIGNALS];
        long size = 0;
        for (List<Choice> site : sites) {
            for (Choice choice : site) {
                size++;
                for (int signal = 0; signal < SIGNALS; signal++) {
                    variances[signal] += variance(choice, signal);
                }
            }
        }
        double[] units = new double[SIGNALS];
        for (Signal signal : SignalFamilies.SIGNALS) {
            units[signal.at()] =
                    Math.max(
                            signal.leastUnit(),
                            StrictMath.sqrt(variances[signal.at()] / Math.max(1, size)));
        }
        return units;
    }

    private static double variance(Choice choice, int signal) {
        double sum = 0;
        double squares = 0;
        for (float[] vector : choice.signals()) {
            sum += vector[signal];
            squares += (double) vector[signal] * vector[signal];
        }
        double mean = sum / choice.signals().size();
        return Math.max(0, squares / choice.signals().size() - mean * mean);
    }

    /**
     * Returns the mean of the weights that were fitted to several sites, at least two, shrunk
     * towards the weights that the signals state by how much the sites differ: with the mean
     * distance m from the stated weight, its variance s² between n sites, and t² = n m² / s², the
     * distance becomes m (1 − 1 / t²), or nothing where t² is at most 1 (James and Stein 1961, with
     * the positive part). A weight that one site raises and another lowers stays as stated.
     */
    static StartingWeights mean(List<StartingWeights> sites) {
        if (sites.size() < 2) {
            throw new IllegalArgumentException("one site tells no spread");
        }
        float[][] means = new float[HistoryLength.values().length][SignalFamilies.COUNT];
        for (HistoryLength length : HistoryLength.values()) {
            for (Signal signal : SignalFamilies.SIGNALS) {
                double[] distances =
                        sites.stream()
                                .mapToDouble(
                                        site ->
                                                site.weight(length, signal)
                                                        - signal.startingWeight(length))
                                .toArray();
                means[length.at()][signal.at()] =
                        (float) (signal.startingWeight(length) + shrunk(distances));
            }
        }
        return StartingWeights.of(SignalFamilies.SIGNALS, means);
    }

    /** Returns the mean of the distances, shrunk by their spread. */
    private static double shrunk(double... distances) {
        double mean = StatUtils.mean(distances);
        double noise = StatUtils.variance(distances) / distances.length;
        return mean == 0 ? 0 : mean * Math.max(0, 1 - noise / (mean * mean));
    }
}

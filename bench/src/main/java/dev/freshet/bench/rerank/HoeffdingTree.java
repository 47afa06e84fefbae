package dev.freshet.bench.rerank;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A Hoeffding tree over numbers (Domingos and Hulten 2000) for two classes: a leaf is split once
 * the gain of information of its best split exceeds that of the second best signal by the Hoeffding
 * bound, or both are equal within {@value #TIE}. A split needs a least gain, since otherwise the
 * rule for ties splits any leaf in time. At most {@value #MAX_LEAVES} leaves.
 *
 * <p>As a re-ranker it tells chosen items from those that the blend expected: the chosen item is a
 * row of class 1, and every item one of class 0 that weighs its chance. Where the chances are right
 * the two are distributed alike, no split gains anything, and all log odds are zero.
 */
final class HoeffdingTree implements Reranker {
    static final int MAX_LEAVES = 16;

    private static final double DELTA = 1e-5;
    private static final double TIE = 0.05;
    private static final int CUTS = 10;

    /** Weight of the rows between two attempts to split a leaf: those of 100 choices. */
    private static final double GRACE = 200;

    private static final double LEAST_GAIN = 0.01;

    /** Chances below this are not learned. */
    private static final double LEAST_SHARE = 1e-9;

    /** The smoothing of the counts of a leaf, as so many rows of each class. */
    private static final double PRIOR = 10;

    /** How a leaf predicts. */
    enum Leaves {
        /** By the log odds of its classes. */
        COUNTS,
        /** By naive Bayes where that was right more often than the more frequent class. */
        BAYES
    }

    private final int signals;
    private final Leaves leaves;
    private final double grace;
    private final double leastGain;
    private Node root;
    private int size = 1;

    /**
     * Creates a tree of one leaf.
     *
     * @param grace weight of the rows that a leaf sees between two attempts to split it
     * @param leastGain of a split, in bits
     */
    HoeffdingTree(int signals, Leaves leaves, double grace, double leastGain) {
        this.signals = signals;
        this.leaves = leaves;
        this.grace = grace;
        this.leastGain = leastGain;
        root = new Node(signals);
    }

    /** Creates a tree of one leaf for re-ranking. */
    HoeffdingTree(int signals, Leaves leaves) {
        this(signals, leaves, GRACE, LEAST_GAIN);
    }

    /** The weighted mean and variance of one signal in each of two classes, and its range. */
    static final class GaussianObserver {
        private static final double LEAST_VARIANCE = 1e-6;

        private final double[] weight = new double[2];
        private final double[] mean = new double[2];
        private final double[] squares = new double[2];
        private double least = Double.POSITIVE_INFINITY;
        private double most = Double.NEGATIVE_INFINITY;

        void add(double value, int label, double times) {
            weight[label] += times;
            double off = value - mean[label];
            mean[label] += off * times / weight[label];
            squares[label] += times * off * (value - mean[label]);
            least = Math.min(least, value);
            most = Math.max(most, value);
        }

        /** Returns the weight of a class at or below a value, by the normal distribution. */
        double below(double value, int label) {
            if (weight[label] == 0) {
                return 0;
            }
            double deviation = Math.sqrt(variance(label));
            return weight[label] * normal((value - mean[label]) / deviation);
        }

        /** Returns the logarithm of the density of a value in class 1 over that in class 0. */
        double logRatio(double value) {
            return weight[0] > 1 && weight[1] > 1 ? density(value, 1) - density(value, 0) : 0;
        }

        private double density(double value, int label) {
            double off = value - mean[label];
            return -(off * off / variance(label) + Math.log(variance(label))) / 2;
        }

        private double variance(int label) {
            return Math.max(LEAST_VARIANCE, squares[label] / weight[label]);
        }

        /** Returns the standard normal distribution function (Abramowitz and Stegun 26.2.17). */
        static double normal(double x) {
            double t = 1 / (1 + 0.2316419 * Math.abs(x));
            double tail =
                    Math.exp(-x * x / 2)
                            / Math.sqrt(2 * Math.PI)
                            * t
                            * (0.319381530
                                    + t
                                            * (-0.356563782
                                                    + t
                                                            * (1.781477937
                                                                    + t
                                                                            * (-1.821255978
                                                                                    + t
                                                                                            * 1.330274429))));
            return x < 0 ? tail : 1 - tail;
        }
    }

    private static final class Node {
        private final GaussianObserver[] observers;

        /** Of the rows since the leaf began, by class. */
        private final double[] weights = new double[2];

        /** What the split that made the leaf expects of it, by class. */
        private final double[] inherited = new double[2];

        private double tried;
        private double rightByCounts;
        private double rightByBayes;
        private int signal = -1;
        private double cut;
        private @Nullable Node below;
        private @Nullable Node above;

        private Node(int signals) {
            observers = new GaussianObserver[signals];
            Arrays.setAll(observers, at -> new GaussianObserver());
        }

        private double total() {
            return weights[0] + weights[1];
        }

        private double counts() {
            double ones = inherited[1] + weights[1] + PRIOR;
            return Math.log(ones / (inherited[0] + weights[0] + PRIOR));
        }

        private double bayes(double[] row) {
            double odds = counts();
            for (int at = 0; at < observers.length; at++) {
                odds += observers[at].logRatio(row[at]);
            }
            return odds;
        }
    }

    private record Split(int signal, double cut, double gain) {}

    /** Returns the number of leaves. */
    int leaves() {
        return size;
    }

    /** Returns the signals that inner nodes split, as bits. */
    long splitSignals() {
        return splitSignals(root);
    }

    private static long splitSignals(@Nullable Node node) {
        return node == null || node.signal < 0
                ? 0
                : 1L << node.signal | splitSignals(node.below) | splitSignals(node.above);
    }

    /** Returns the log odds of class 1. */
    @Override
    public double added(double[] row) {
        Node leaf = leaf(row);
        return leaves == Leaves.BAYES && leaf.rightByBayes > leaf.rightByCounts
                ? leaf.bayes(row)
                : leaf.counts();
    }

    private Node leaf(double[] row) {
        Node node = root;
        while (node.below != null && node.above != null) {
            node = row[node.signal] <= node.cut ? node.below : node.above;
        }
        return node;
    }

    /**
     * Learns a row.
     *
     * @param label 0 or 1
     * @param times weight of the row, above 0
     */
    void learn(double[] row, int label, double times) {
        Node leaf = leaf(row);
        if (leaves == Leaves.BAYES) {
            leaf.rightByCounts += (leaf.counts() > 0 ? 1 : 0) == label ? times : 0;
            leaf.rightByBayes += (leaf.bayes(row) > 0 ? 1 : 0) == label ? times : 0;
        }
        leaf.weights[label] += times;
        for (int at = 0; at < signals; at++) {
            leaf.observers[at].add(row[at], label, times);
        }
        if (leaf.total() - leaf.tried >= grace && size < MAX_LEAVES) {
            leaf.tried = leaf.total();
            trySplit(leaf);
        }
    }

    @Override
    public void learn(double[][] items, double[] scores, int chosen) {
        double[] shares = Reranker.shares(scores, new double[scores.length]);
        for (int at = 0; at < items.length; at++) {
            if (shares[at] > LEAST_SHARE) {
                learn(items[at], 0, shares[at]);
            }
        }
        learn(items[chosen], 1, 1);
    }

    private void trySplit(Node leaf) {
        Split best = new Split(-1, 0, 0);
        Split second = best;
        for (int signal = 0; signal < signals; signal++) {
            Split one = best(leaf, signal);
            if (one.gain > best.gain) {
                second = best;
                best = one;
            } else if (one.gain > second.gain) {
                second = one;
            }
        }
        double bound = Math.sqrt(Math.log(1 / DELTA) / (2 * leaf.total()));
        if (best.gain > leastGain && (best.gain - second.gain > bound || bound < TIE)) {
            leaf.signal = best.signal;
            leaf.cut = best.cut;
            leaf.below = new Node(signals);
            leaf.above = new Node(signals);
            for (int label = 0; label < 2; label++) {
                double part = leaf.observers[best.signal].below(best.cut, label);
                leaf.below.inherited[label] = part;
                leaf.above.inherited[label] = Math.max(0, leaf.weights[label] - part);
            }
            size++;
        }
    }

    private static Split best(Node leaf, int signal) {
        GaussianObserver observer = leaf.observers[signal];
        Split best = new Split(signal, 0, 0);
        double whole = entropy(leaf.weights[0], leaf.weights[1]);
        for (int step = 1; step <= CUTS; step++) {
            double cut = observer.least + (observer.most - observer.least) * step / (CUTS + 1.0);
            double zeros = observer.below(cut, 0);
            double ones = observer.below(cut, 1);
            double left = zeros + ones;
            double right = leaf.total() - left;
            double gain =
                    whole
                            - (left * entropy(zeros, ones)
                                            + right
                                                    * entropy(
                                                            leaf.weights[0] - zeros,
                                                            leaf.weights[1] - ones))
                                    / leaf.total();
            if (gain > best.gain) {
                best = new Split(signal, cut, gain);
            }
        }
        return best;
    }

    /** Returns the entropy of two weights in bits. */
    private static double entropy(double zeros, double ones) {
        double all = zeros + ones;
        if (zeros <= 0 || ones <= 0) {
            return 0;
        }
        double share = zeros / all;
        return -(share * Math.log(share) + (1 - share) * Math.log(1 - share)) / Math.log(2);
    }
}

package dev.freshet.bench.rerank;

/** The weighted mean and variance of one signal in each of two classes, and its range. */
final class GaussianObserver {
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

    double least() {
        return least;
    }

    double most() {
        return most;
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

package dev.freshet.bench.access;

import java.util.Arrays;

/** Welch's test for different means of two samples (B. L. Welch, Biometrika 34, 1947). */
final class Welch {

    private Welch() {}

    /**
     * Returns the difference of the means in standard errors, Welch's t.
     *
     * @param a at least two values
     * @param b at least two values
     */
    static double t(double[] a, double[] b) {
        double error = variance(a) / a.length + variance(b) / b.length;
        double difference = mean(a) - mean(b);
        return difference == 0 ? 0 : difference / Math.sqrt(error);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
    }
}

package dev.freshet.statistics;

import static dev.freshet.check.Check.require;

import java.util.Arrays;
import java.util.Optional;

/**
 * A ratio ΣY / ΣX over buckets of users, with the cluster-robust variance of the delta method. All
 * that a user does lies in one bucket, so the variance holds although the lists of one user are not
 * independent: var = Σ D_b² / (B (B − 1) X̄²) with D_b = Y_b − R · X_b.
 *
 * @param estimate the ratio and its variance
 * @param influence D_b / X̄ of each bucket, whose mean is 0
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes the array
public record BucketRatio(Estimate estimate, double[] influence) {
    /**
     * Returns the ratio of two columns of sums.
     *
     * @param numerator by bucket
     * @param denominator by bucket, as many, at least two
     * @return empty where the denominator's sum is not positive
     */
    public static Optional<BucketRatio> of(long[] numerator, long[] denominator) {
        return of(numbers(numerator), numbers(denominator));
    }

    /**
     * Returns the ratio of two columns of sums.
     *
     * @param numerator by bucket, or by user
     * @param denominator by bucket or user, as many, at least two
     * @return empty where the denominator's sum is not positive
     */
    public static Optional<BucketRatio> of(double[] numerator, double[] denominator) {
        int buckets = numerator.length;
        require(
                buckets >= 2 && denominator.length == buckets,
                "both columns have as many buckets, two at least");
        double above = 0;
        double below = 0;
        for (int bucket = 0; bucket < buckets; bucket++) {
            above += numerator[bucket];
            below += denominator[bucket];
        }
        if (!(below > 0)) {
            return Optional.empty();
        }
        double ratio = above / below;
        double[] influence = new double[buckets];
        for (int bucket = 0; bucket < buckets; bucket++) {
            influence[bucket] =
                    (numerator[bucket] - ratio * denominator[bucket]) / (below / buckets);
        }
        return Optional.of(
                new BucketRatio(new Estimate(ratio, varianceOfMean(influence)), influence));
    }

    /** Returns the difference from a ratio of the same users. */
    public Estimate minus(BucketRatio other) {
        double[] difference = new double[influence.length];
        for (int bucket = 0; bucket < difference.length; bucket++) {
            difference[bucket] = influence[bucket] - other.influence[bucket];
        }
        return new Estimate(estimate.value() - other.estimate.value(), varianceOfMean(difference));
    }

    private static double[] numbers(long[] whole) {
        return Arrays.stream(whole).asDoubleStream().toArray();
    }

    /** Returns the variance of the mean of deviations whose sum is 0. */
    static double varianceOfMean(double[] deviations) {
        double squares = 0;
        for (double deviation : deviations) {
            squares += deviation * deviation;
        }
        return squares / ((double) deviations.length * (deviations.length - 1));
    }
}

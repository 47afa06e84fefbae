package dev.freshet.statistics;

/**
 * The usual test for a single look at a number of users that was chosen beforehand. It is reported
 * beside the {@link ConfidenceSequence} for comparison only: looked at again and again, it gives
 * false alarms in a quarter of all experiments and more.
 *
 * @param interval at 1 − α
 * @param p chance of a difference as large where there is none
 */
public record FixedHorizon(ConfidenceInterval interval, double p) {
    /**
     * Returns interval and p-value of an estimate.
     *
     * @param distribution of the estimate over its standard error
     * @param alpha greater than 0, less than 1
     */
    public static FixedHorizon of(
            Estimate estimate, StudentDistribution distribution, double alpha) {
        return new FixedHorizon(
                ConfidenceInterval.around(
                        estimate.value(), distribution.distance(alpha) * estimate.error()),
                distribution.bothTails(estimate.standardised()));
    }
}

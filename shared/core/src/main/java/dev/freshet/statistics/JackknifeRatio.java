package dev.freshet.statistics;

import java.util.Optional;

/**
 * A ratio ΣY / ΣX over buckets of users with an interval at 95 % by the jackknife: the ratio is
 * computed again without each bucket in turn, var = (B − 1) / B · Σ (R₍₋ᵦ₎ − R̄)². All that a user
 * does lies in one bucket, so the interval holds although the lists of one user are alike. Buckets
 * without any X say nothing and are left out; the quantile is that of Student's t with one degree
 * less than there are buckets. The interval is made on the scale of the logit; where nothing or
 * everything was clicked, it is {@link ConfidenceInterval#wilson} with the buckets as trials.
 *
 * <p>Source: Efron and Stein, The jackknife estimate of variance, Annals of Statistics 1981; Kott,
 * The delete-a-group jackknife, Journal of Official Statistics 2001.
 *
 * @param ratio ΣY / ΣX
 * @param interval around it, within 0 to 1
 * @param buckets that have an X
 */
public record JackknifeRatio(double ratio, ConfidenceInterval interval, int buckets) {
    /** The fewest buckets with anything in them of which an interval is given. */
    public static final int FEWEST_BUCKETS = 20;

    private static final double ALPHA = 0.05;

    /**
     * Returns the share with its interval.
     *
     * @param y by bucket, each 0 to {@code x}
     * @param x by bucket, as many
     * @return empty where fewer than {@value #FEWEST_BUCKETS} buckets have an X
     */
    public static Optional<JackknifeRatio> of(long[] y, long[] x) {
        double above = 0;
        double below = 0;
        int filled = 0;
        for (int bucket = 0; bucket < x.length; bucket++) {
            above += x[bucket] > 0 ? y[bucket] : 0;
            below += Math.max(0, x[bucket]);
            filled += x[bucket] > 0 ? 1 : 0;
        }
        if (filled < FEWEST_BUCKETS) {
            return Optional.empty();
        }
        double[] without = new double[filled];
        double mean = 0;
        int next = 0;
        for (int bucket = 0; bucket < x.length; bucket++) {
            if (x[bucket] > 0) {
                without[next] = (above - y[bucket]) / (below - x[bucket]);
                mean += without[next] / filled;
                next++;
            }
        }
        double squares = 0;
        for (double one : without) {
            squares += (one - mean) * (one - mean);
        }
        double variance = squares * (filled - 1) / filled;
        double ratio = above / below;
        return Optional.of(new JackknifeRatio(ratio, interval(ratio, variance, filled), filled));
    }

    /** Returns the interval on the scale of the logit, where the error is less skewed. */
    private static ConfidenceInterval interval(double ratio, double variance, int buckets) {
        if (ratio <= 0 || ratio >= 1) {
            return ConfidenceInterval.wilson(Math.clamp(ratio, 0, 1) * buckets, buckets);
        }
        double logit = Math.log(ratio / (1 - ratio));
        double half =
                new StudentDistribution(buckets - 1).distance(ALPHA)
                        * Math.sqrt(variance)
                        / (ratio * (1 - ratio));
        return ConfidenceInterval.around(logit, half).map(x -> 1 / (1 + Math.exp(-x)));
    }
}

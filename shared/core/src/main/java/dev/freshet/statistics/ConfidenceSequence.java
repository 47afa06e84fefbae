package dev.freshet.statistics;

import static dev.freshet.check.Check.require;

/**
 * An asymptotic confidence sequence: intervals that all contain the true value, at every number of
 * users at once, with a chance of 1 − α, so that an experiment may be looked at any time and
 * stopped for what is seen (Waudby-Smith et al., Time-uniform central limit theory and asymptotic
 * confidence sequences, arXiv 2103.06476; the normal mixture of Howard et al., Annals of Statistics
 * 2021).
 *
 * <p>The mixture is narrowest near the planned number of users, where it is about 1.55 times as
 * wide as an interval for a single look at α = 0.05; the guarantee does not depend on the plan.
 *
 * @param alpha the chance that an interval ever misses, greater than 0, less than 1
 * @param plannedUsers users of both arms for which the sequence is tuned, greater than 0
 */
public record ConfidenceSequence(double alpha, double plannedUsers) {
    public ConfidenceSequence {
        require(
                alpha > 0 && alpha < 1 && plannedUsers > 0,
                "α is between 0 and 1, and users are planned");
    }

    /**
     * Returns the interval of an estimate.
     *
     * @param users on whom the estimate rests, greater than 0
     */
    public ConfidenceInterval interval(Estimate estimate, double users) {
        return ConfidenceInterval.around(estimate.value(), halfWidth(estimate.error(), users));
    }

    /**
     * Returns half the width of the interval.
     *
     * @param error standard error of the estimate
     * @param users on whom the estimate rests, greater than 0
     */
    public double halfWidth(double error, double users) {
        double scale = users * mixture();
        return error * Math.sqrt((1 + 1 / scale) * (Math.log1p(scale) - 2 * Math.log(alpha)));
    }

    /**
     * Returns the number of users from which on the interval of an estimate excludes 0 if the
     * estimate stays as it is and its error falls with the square root of the users: half the width
     * falls with each user, so the number is found by bisection.
     *
     * @param standardised the estimate over its standard error
     * @param users on whom the estimate rests, greater than 0
     * @param most users to consider
     * @return the present number where the interval excludes 0 already, infinity where even {@code
     *     most} users are too few
     */
    public double usersToExcludeZero(double standardised, double users, double most) {
        double low = users;
        double high = most;
        double size = Math.abs(standardised);
        if (halfWidth(1, users) < size) {
            return users;
        }
        if (halfWidth(Math.sqrt(users / most), most) >= size) {
            return Double.POSITIVE_INFINITY;
        }
        while (high - low > 0.5) {
            double middle = (low + high) / 2;
            if (halfWidth(Math.sqrt(users / middle), middle) < size) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /**
     * Returns the logarithm of the e-value against a true value of 0: the evidence, whose
     * expectation is at most 1 at every look while the value is 0. From ln(1/α) on the interval
     * excludes 0.
     *
     * @param standardised the estimate over its standard error
     * @param users on whom the estimate rests, greater than 0
     */
    public double logE(double standardised, double users) {
        double scale = users * mixture();
        return scale * standardised * standardised / (2 * (scale + 1)) - Math.log1p(scale) / 2;
    }

    /** Returns the p-value that holds at every look: the reciprocal of the e-value, at most 1. */
    public double p(double standardised, double users) {
        return Math.min(1, Math.exp(-logE(standardised, users)));
    }

    /** Returns the variance of the mixture, ρ². */
    private double mixture() {
        double twice = -2 * Math.log(alpha);
        return (twice + Math.log1p(twice)) / plannedUsers;
    }
}

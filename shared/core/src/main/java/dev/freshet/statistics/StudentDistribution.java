package dev.freshet.statistics;

import static dev.freshet.check.Check.require;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * Student's t distribution; with infinitely many degrees of freedom the normal distribution.
 *
 * <p>The tail is a regularised incomplete beta function (Abramowitz and Stegun, 26.7.1); the
 * quantile is found by bisection of the tail.
 *
 * @param degrees of freedom, greater than 0; may be infinite
 */
public record StudentDistribution(double degrees) {
    /** The standard normal distribution. */
    public static final StudentDistribution NORMAL =
            new StudentDistribution(Double.POSITIVE_INFINITY);

    /** Halvings until an interval of width 2⁷ is below the precision of a double near 1. */
    private static final int HALVINGS = 62;

    private static final double FARTHEST = 64;

    public StudentDistribution {
        require(degrees > 0, "degrees of freedom are greater than 0");
    }

    /** Returns the chance of a value that is at least as far from 0 as t, on either side. */
    public double bothTails(double t) {
        return Double.isInfinite(degrees)
                ? Erfc.value(Math.abs(t) / Math.sqrt(2))
                : RegularizedBeta.value(degrees / (degrees + t * t), degrees / 2, 0.5);
    }

    /**
     * Returns the distance from 0 that a value exceeds, on either side, with a chance of alpha.
     *
     * @param alpha greater than 0, less than 1
     * @return at most 64
     */
    public double distance(double alpha) {
        double low = 0;
        double high = FARTHEST;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (bothTails(middle) > alpha) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}

package dev.freshet.statistics;

/**
 * Student's t distribution; with infinitely many degrees of freedom the normal distribution.
 *
 * <p>The tail is a regularised incomplete beta function (Abramowitz and Stegun, 26.7.1), evaluated
 * by its continued fraction (26.5.8); the quantile is found by bisection of the tail.
 *
 * @param degrees of freedom, greater than 0; may be infinite
 */
public record StudentDistribution(double degrees) {
    /** The standard normal distribution. */
    public static final StudentDistribution NORMAL =
            new StudentDistribution(Double.POSITIVE_INFINITY);

    private static final int MAX_TERMS = 100_000;
    private static final double PRECISION = 1e-16;
    private static final double TINY = 1e-300;

    /** Halvings until an interval of width 2⁷ is below the precision of a double near 1. */
    private static final int HALVINGS = 62;

    private static final double FARTHEST = 64;

    public StudentDistribution {
        if (!(degrees > 0)) {
            throw new IllegalArgumentException("degrees of freedom are greater than 0");
        }
    }

    /** Returns the chance of a value that is at least as far from 0 as t, on either side. */
    public double bothTails(double t) {
        return Double.isInfinite(degrees)
                ? GammaFunctions.upperGamma(0.5, t * t / 2)
                : beta(degrees / 2, 0.5, degrees / (degrees + t * t));
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

    /** Returns the regularised incomplete beta function of x. */
    private static double beta(double a, double b, double x) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        if (x > (a + 1) / (a + b + 2)) {
            return 1 - beta(b, a, 1 - x);
        }
        double factor =
                Math.exp(
                        GammaFunctions.lnGamma(a + b)
                                - GammaFunctions.lnGamma(a)
                                - GammaFunctions.lnGamma(b)
                                + a * Math.log(x)
                                + b * Math.log1p(-x));
        return factor * fraction(a, b, x) / a;
    }

    /** Evaluates the continued fraction from its front, by the method of Lentz. */
    private static double fraction(double a, double b, double x) {
        double c = 1;
        double d = 1 / awayFromZero(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m < MAX_TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / awayFromZero(1 + even * d);
            c = awayFromZero(1 + even / c);
            value *= c * d;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / awayFromZero(1 + odd * d);
            c = awayFromZero(1 + odd / c);
            value *= c * d;
            if (Math.abs(c * d - 1) < PRECISION) {
                break;
            }
        }
        return value;
    }

    private static double awayFromZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}

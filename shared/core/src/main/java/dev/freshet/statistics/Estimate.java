package dev.freshet.statistics;

import static dev.freshet.check.Check.require;

/**
 * An estimated number with the variance of its error.
 *
 * @param variance of the estimate (not of single observations), at least 0
 */
public record Estimate(double value, double variance) {
    public Estimate {
        require(variance >= 0, "a variance is at least 0");
    }

    /** Returns the standard error. */
    public double error() {
        return Math.sqrt(variance);
    }

    /** Returns the difference from an independent estimate. */
    public Estimate minus(Estimate other) {
        return new Estimate(value - other.value, variance + other.variance);
    }

    /**
     * Returns the logarithm of the ratio to an independent estimate, with its variance by the delta
     * method. The interval of a lift is made on this scale, because the ratio itself is skewed
     * where counts are small.
     *
     * @param base greater than 0, as this value is
     */
    public Estimate logRatioTo(Estimate base) {
        require(value > 0 && base.value > 0, "a log ratio is of positive numbers");
        return new Estimate(
                Math.log(value / base.value),
                variance / (value * value) + base.variance / (base.value * base.value));
    }

    /** Returns how many standard errors the value is from 0; 0 where the error is 0. */
    public double standardised() {
        return variance == 0 ? 0 : value / error();
    }
}

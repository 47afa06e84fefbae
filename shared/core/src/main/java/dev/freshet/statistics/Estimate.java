package dev.freshet.statistics;

import static dev.freshet.check.Check.require;

import java.util.Optional;

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
     * Returns the ratios r to an independent estimate at which this value less r times the other is
     * within so many standard errors of 0 (Fieller, Some problems in interval estimation, JRSS B
     * 1954). 1 is among them exactly where the difference of both is within as many of 0.
     *
     * @param base greater than 0
     * @param errors standard errors to either side, greater than 0
     * @return empty where {@code base} is not told from 0, so that the ratios have no bound
     */
    public Optional<ConfidenceInterval> ratioTo(Estimate base, double errors) {
        require(base.value > 0, "a ratio is to a positive number");
        double square = errors * errors;
        double bounded = base.value * base.value - square * base.variance;
        double product = value * base.value;
        double root = Math.sqrt(product * product - bounded * (value * value - square * variance));
        return bounded > 0
                ? Optional.of(ConfidenceInterval.around(product / bounded, root / bounded))
                : Optional.empty();
    }

    /** Returns how many standard errors the value is from 0; 0 where the error is 0. */
    public double standardised() {
        return variance == 0 ? 0 : value / error();
    }
}

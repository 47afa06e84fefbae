package dev.freshet.statistics;

import static dev.freshet.check.Check.require;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.function.DoubleUnaryOperator;

/**
 * An interval of numbers that are compatible with the data; in JSON, an array of both.
 *
 * @param low at most {@code high}
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record ConfidenceInterval(double low, double high) {
    /** Standard errors that a normal value is within with a chance of 95 %. */
    static final double Z = 1.959964;

    public ConfidenceInterval {
        require(low <= high, "an interval goes from low to high");
    }

    /**
     * Returns the interval of a share by Wilson's score method, at 95 %: it holds for few trials
     * and for shares near 0, where the usual interval does not.
     *
     * <p>Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA
     * 1927.
     *
     * @param successes at least 0; more than {@code trials} count as all of them
     * @param trials greater than 0; may be a decayed count
     */
    public static ConfidenceInterval wilson(double successes, double trials) {
        require(trials > 0 && successes >= 0, "a share is of at least something");
        double share = Math.min(1, successes / trials);
        double square = Z * Z / trials;
        double middle = share + square / 2;
        double half = Z * Math.sqrt(share * (1 - share) / trials + square / (4 * trials));
        return new ConfidenceInterval(
                Math.max(0, (middle - half) / (1 + square)),
                Math.min(1, (middle + half) / (1 + square)));
    }

    static ConfidenceInterval around(double value, double half) {
        return new ConfidenceInterval(value - half, value + half);
    }

    /** Returns whether the number lies in the interval, its ends included. */
    public boolean contains(double number) {
        return low <= number && number <= high;
    }

    /** Returns the interval of a rising function of the number. */
    public ConfidenceInterval map(DoubleUnaryOperator rising) {
        return new ConfidenceInterval(rising.applyAsDouble(low), rising.applyAsDouble(high));
    }

    /** Returns the interval of the number with its sign changed. */
    public ConfidenceInterval negated() {
        return new ConfidenceInterval(-high, -low);
    }
}

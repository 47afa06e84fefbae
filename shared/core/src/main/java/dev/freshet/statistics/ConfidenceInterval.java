package dev.freshet.statistics;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.function.DoubleUnaryOperator;

/**
 * An interval of numbers that are compatible with the data; in JSON, an array of both.
 *
 * @param low at most {@code high}
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record ConfidenceInterval(double low, double high) {
    public ConfidenceInterval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval goes from low to high");
        }
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

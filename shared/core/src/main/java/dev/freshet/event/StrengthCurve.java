package dev.freshet.event;

import java.util.Arrays;

/**
 * The strength of an event as a function of its value: linear between given points, constant beyond
 * the first and the last.
 */
final class StrengthCurve {
    /** Ascending. */
    private final double[] values;

    private final double[] strengths;

    private StrengthCurve(double[] values, double[] strengths) {
        this.values = values;
        this.strengths = strengths;
    }

    /** The curve that has one strength for every value. */
    static StrengthCurve constant(double strength) {
        return through(0, strength);
    }

    /**
     * The curve through points.
     *
     * @param pairs value, strength, value, strength and so on, ascending by value
     */
    static StrengthCurve through(double... pairs) {
        double[] values = new double[pairs.length / 2];
        double[] strengths = new double[pairs.length / 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = pairs[2 * i];
            strengths[i] = pairs[2 * i + 1];
        }
        return new StrengthCurve(values, strengths);
    }

    /**
     * The sign of the strength that is furthest from 0, where no value is known: 1, −1, or 0 if all
     * strengths are 0.
     */
    int sign() {
        double furthest = 0;
        for (double strength : strengths) {
            furthest = Math.abs(strength) > Math.abs(furthest) ? strength : furthest;
        }
        return (int) Math.signum(furthest);
    }

    /** The number of points. */
    int size() {
        return values.length;
    }

    /** The value of a point, counted from 0. */
    double value(int point) {
        return values[point];
    }

    /** The strength at a point, counted from 0. */
    double strength(int point) {
        return strengths[point];
    }

    /** The strength of an event with this value. */
    double at(double value) {
        int found = Arrays.binarySearch(values, value);
        if (found >= 0) {
            return strengths[found];
        }
        int above = -found - 1;
        if (above == 0) {
            return strengths[0];
        }
        if (above == values.length) {
            return strengths[above - 1];
        }
        double part = (value - values[above - 1]) / (values[above] - values[above - 1]);
        return strengths[above - 1] + part * (strengths[above] - strengths[above - 1]);
    }
}

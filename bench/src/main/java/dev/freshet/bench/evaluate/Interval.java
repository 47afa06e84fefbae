package dev.freshet.bench.evaluate;

import java.util.Arrays;

/** Interval that contains a figure in 95 of 100 samples of people. */
record Interval(double low, double high) {
    private static final double TAIL = 0.025;

    /** Returns the interval of these samples, which are sorted in place. */
    static Interval of(double[] draws) {
        Arrays.sort(draws);
        int last = draws.length - 1;
        return new Interval(
                draws[(int) Math.round(TAIL * last)], draws[(int) Math.round((1 - TAIL) * last)]);
    }

    boolean holds(double value) {
        return low <= value && value <= high;
    }
}

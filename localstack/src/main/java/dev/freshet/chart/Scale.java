package dev.freshet.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Linear mapping of figures to pixels, with round ticks.
 *
 * @param low figure at {@code from}
 * @param high figure at {@code to}
 */
record Scale(double low, double high, double from, double to) {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};

    /** Returns a scale that contains all figures and begins and ends on a tick. */
    static Scale round(double least, double most, double from, double to, int ticks) {
        double span = most > least ? most - least : Math.max(Math.abs(most), 1e-6);
        double step = step(span / ticks);
        return new Scale(Math.floor(least / step) * step, Math.ceil(most / step) * step, from, to);
    }

    private static double step(double raw) {
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double step : STEPS) {
            if (step * power >= raw) {
                return step * power;
            }
        }
        return 10 * power;
    }

    double at(double figure) {
        return high == low ? from : from + (figure - low) / (high - low) * (to - from);
    }

    /** Returns round figures from low to high. */
    List<Double> ticks(int about) {
        List<Double> ticks = new ArrayList<>();
        double step = high > low ? step((high - low) / about) : 1;
        for (int tick = 0; low + tick * step <= high + step / 1e6; tick++) {
            ticks.add(low + tick * step);
        }
        return ticks;
    }
}

package dev.freshet.bench.evaluate;

/** Rounding of reported figures to four decimals, which is finer than any interval. */
final class Rounded {
    private static final double PARTS = 1e4;

    private Rounded() {}

    static double of(double figure) {
        return Math.round(figure * PARTS) / PARTS;
    }
}

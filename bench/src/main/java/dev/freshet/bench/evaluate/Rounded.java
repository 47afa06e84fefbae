package dev.freshet.bench.evaluate;

/** Figures as they are told: four decimals, finer than any interval here. */
final class Rounded {
    private static final double PARTS = 1e4;

    private Rounded() {}

    static double of(double figure) {
        return Math.round(figure * PARTS) / PARTS;
    }
}

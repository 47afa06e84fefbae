package dev.freshet.bench.experiment;

import java.util.SplittableRandom;

/** How simulated users click. */
final class Clicks {
    /** Most lists of a user; the mean is half of one more. */
    static final int MAX_LISTS = 9;

    /** The mean share of lists that are clicked. */
    static final double MEAN_RATE = 0.08;

    private static final double SHAPE = 1 / MEAN_RATE - 1;

    private Clicks() {}

    /** Returns the share of lists that one user clicks. */
    static double rate(SplittableRandom random) {
        return 1 - Math.pow(random.nextDouble(), 1 / SHAPE);
    }
}

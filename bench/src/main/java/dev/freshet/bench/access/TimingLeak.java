package dev.freshet.bench.access;

import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Looks for a difference in time between two kinds of work, as dudect does (O. Reparaz and others,
 * "Dude, is my code constant time?", 2017): the kinds are drawn at random, the slowest tenth of all
 * is left out as the machine's own, and the rest is compared by {@link Welch}.
 */
final class TimingLeak {
    /** Below this many standard errors dudect sees no difference. */
    static final double SEEN = 4.5;

    /** The part of the samples that is looked at. */
    private static final double KEPT = 0.9;

    private final LongSupplier nanos;
    private final RandomGenerator random;

    /**
     * @param nanos tells the time
     * @param random draws the kinds
     */
    TimingLeak(LongSupplier nanos, RandomGenerator random) {
        this.nanos = nanos;
        this.random = random;
    }

    /**
     * The difference in standard errors; its sign says which is slower.
     *
     * @param samples of both kinds together, at least 100
     */
    double between(Runnable one, Runnable other, int samples) {
        double[] times = new double[samples];
        boolean[] ofOne = new boolean[samples];
        for (int i = 0; i < samples; i++) {
            ofOne[i] = random.nextBoolean();
            Runnable work = ofOne[i] ? one : other;
            long start = nanos.getAsLong();
            work.run();
            times[i] = nanos.getAsLong() - start;
        }
        double longest = Arrays.stream(times).sorted().toArray()[(int) (samples * KEPT) - 1];
        return Welch.t(chosen(times, ofOne, true, longest), chosen(times, ofOne, false, longest));
    }

    private static double[] chosen(double[] times, boolean[] ofOne, boolean kind, double longest) {
        double[] chosen = new double[times.length];
        int count = 0;
        for (int i = 0; i < times.length; i++) {
            if (ofOne[i] == kind && times[i] <= longest) {
                chosen[count++] = times[i];
            }
        }
        return Arrays.copyOf(chosen, count);
    }
}

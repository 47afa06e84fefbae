package dev.freshet.bench.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Statistical test for a difference in the time of one operation between two inputs, after dudect
 * (O. Reparaz and others, "Dude, is my code constant time?", 2017): the inputs are drawn at random,
 * the slowest tenth of all samples is discarded as noise of the machine, and the rest is compared
 * by {@link Welch}.
 */
final class TimingLeak {
    /** Number of standard errors below which dudect finds no difference. */
    static final double SIGNIFICANT = 4.5;

    /** Share of the samples that is compared. */
    private static final double KEPT = 0.9;

    private final LongSupplier nanos;
    private final RandomGenerator random;

    /**
     * Creates a test.
     *
     * @param nanos clock
     * @param random draws the inputs
     */
    TimingLeak(LongSupplier nanos, RandomGenerator random) {
        this.nanos = nanos;
        this.random = random;
    }

    /**
     * Returns the difference in standard errors; its sign shows which input is slower. One call
     * site serves both inputs, and the inputs are drawn before the measurement, because otherwise
     * branch prediction would be measured.
     *
     * @param samples number of samples of both inputs together, at least 100
     * @return the result, with the number of true results, so that no compiler can eliminate the
     *     work
     */
    <T> Seen between(Predicate<T> work, T one, T other, int samples) {
        boolean[] ofOne = new boolean[samples];
        List<T> inputs = new ArrayList<>(samples);
        for (int i = 0; i < samples; i++) {
            ofOne[i] = random.nextBoolean();
            inputs.add(ofOne[i] ? one : other);
        }
        double[] times = new double[samples];
        int trueResults = 0;
        for (int i = 0; i < samples; i++) {
            T input = inputs.get(i);
            long start = nanos.getAsLong();
            trueResults += work.test(input) ? 1 : 0;
            times[i] = nanos.getAsLong() - start;
        }
        double longest = Arrays.stream(times).sorted().toArray()[(int) (samples * KEPT) - 1];
        return new Seen(
                Welch.t(chosen(times, ofOne, true, longest), chosen(times, ofOne, false, longest)),
                trueResults);
    }

    /**
     * Result of a test.
     *
     * @param t difference in standard errors
     * @param trueResults number of true results of the operation
     */
    record Seen(double t, int trueResults) {}

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

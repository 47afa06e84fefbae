package dev.freshet.bench.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Looks for a difference in time between two inputs of the same work, as dudect does (O. Reparaz
 * and others, "Dude, is my code constant time?", 2017): the inputs are drawn at random, the slowest
 * tenth of all is left out as the machine's own, and the rest is compared by {@link Welch}.
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
     * @param random draws the inputs
     */
    TimingLeak(LongSupplier nanos, RandomGenerator random) {
        this.nanos = nanos;
        this.random = random;
    }

    /**
     * The difference in standard errors; its sign says which input is slower. One piece of code
     * does the work of both, and which input comes next is drawn before any time is taken: else the
     * machine's guesses about the code would be measured.
     *
     * @param samples of both inputs together, at least 100
     * @return also how often the work said yes, so that no compiler can leave it out
     */
    <T> Seen between(Predicate<T> work, T one, T other, int samples) {
        boolean[] ofOne = new boolean[samples];
        List<T> inputs = new ArrayList<>(samples);
        for (int i = 0; i < samples; i++) {
            ofOne[i] = random.nextBoolean();
            inputs.add(ofOne[i] ? one : other);
        }
        double[] times = new double[samples];
        int said = 0;
        for (int i = 0; i < samples; i++) {
            T input = inputs.get(i);
            long start = nanos.getAsLong();
            said += work.test(input) ? 1 : 0;
            times[i] = nanos.getAsLong() - start;
        }
        double longest = Arrays.stream(times).sorted().toArray()[(int) (samples * KEPT) - 1];
        return new Seen(
                Welch.t(chosen(times, ofOne, true, longest), chosen(times, ofOne, false, longest)),
                said);
    }

    /**
     * What was seen.
     *
     * @param t the difference in standard errors
     * @param said how often the work said yes
     */
    record Seen(double t, int said) {}

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

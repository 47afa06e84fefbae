package dev.freshet.bench.input;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * Processor time that the current thread took for one thing, in milliseconds, over several rounds.
 *
 * @param first the first round, in a JVM that has not compiled the code yet
 * @param median of the rounds after the first half, in which the code is compiled
 * @param max of the rounds after the first half
 */
public record ProcessorTime(double first, double median, double max) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double NANOS = 1e6;

    /**
     * Measures rounds of a piece of work.
     *
     * @param rounds at least 2
     */
    static ProcessorTime of(int rounds, Runnable work) {
        double[] millis = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            long before = THREADS.getCurrentThreadCpuTime();
            work.run();
            millis[round] = (THREADS.getCurrentThreadCpuTime() - before) / NANOS;
        }
        double first = millis[0];
        double[] warm = warm(millis);
        return new ProcessorTime(first, warm[warm.length / 2], warm[warm.length - 1]);
    }

    /**
     * Returns a quantile of the rounds after the first half.
     *
     * @param millis of each round, at least 1
     * @param share above 0, at most 1
     */
    public static double quantile(double[] millis, double share) {
        double[] warm = warm(millis);
        return warm[(int) Math.ceil(share * warm.length) - 1];
    }

    /** Returns the rounds after the first half, in which the code is compiled, in order. */
    private static double[] warm(double[] millis) {
        double[] warm = Arrays.copyOfRange(millis, millis.length / 2, millis.length);
        Arrays.sort(warm);
        return warm;
    }
}

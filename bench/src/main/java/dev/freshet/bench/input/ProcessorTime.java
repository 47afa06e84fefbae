package dev.freshet.bench.input;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Processor time that the current thread took for one thing, in milliseconds, over several rounds.
 *
 * @param first the first round, in a JVM that has not compiled the code yet
 * @param p50 median of the rounds after the first half, in which the code is compiled
 * @param max of the rounds after the first half
 */
public record ProcessorTime(double first, double p50, double max) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double NANOS = 1e6;

    /**
     * Measures rounds of a piece of work.
     *
     * @param rounds at least 2
     */
    static ProcessorTime of(int rounds, Runnable work) {
        double[] millis = new double[rounds];
        Arrays.setAll(millis, round -> millis(work));
        double[] warm = warm(millis);
        return new ProcessorTime(millis[0], warm[warm.length / 2], warm[warm.length - 1]);
    }

    private static double millis(Runnable work) {
        long before = THREADS.getCurrentThreadCpuTime();
        work.run();
        return (THREADS.getCurrentThreadCpuTime() - before) / NANOS;
    }

    /** Returns the rounds after the first half, in which the code is compiled, in order. */
    private static double[] warm(double[] millis) {
        double[] warm = Arrays.copyOfRange(millis, millis.length / 2, millis.length);
        Arrays.sort(warm);
        return warm;
    }

    private static double quantile(double[] millis, double share) {
        double[] warm = warm(millis);
        return warm[(int) Math.ceil(share * warm.length) - 1];
    }

    /**
     * Processor times of pairs of runs, one without something and one with it, of which the second
     * half is reported. Shares are above 0 and at most 1.
     */
    public static final class Pairs {
        private final double[] without;
        private final double[] with;

        private Pairs(int pairs) {
            without = new double[pairs];
            with = new double[pairs];
        }

        /**
         * Measures pairs, of which every other one begins with the second work.
         *
         * @param without work of a pair, by its number
         */
        public static Pairs of(int pairs, IntConsumer without, IntConsumer with) {
            Pairs times = new Pairs(pairs);
            for (int pair = 0; pair < pairs; pair++) {
                int number = pair;
                if (pair % 2 == 1) {
                    times.with[pair] = millis(() -> with.accept(number));
                }
                times.without[pair] = millis(() -> without.accept(number));
                if (pair % 2 == 0) {
                    times.with[pair] = millis(() -> with.accept(number));
                }
            }
            return times;
        }

        /** Returns a quantile of the times without. */
        public double without(double share) {
            return quantile(without, share);
        }

        /** Returns a quantile of the times with. */
        public double with(double share) {
            return quantile(with, share);
        }

        /** Returns a quantile of what is added in a pair. */
        public double added(double share) {
            double[] added = new double[with.length];
            Arrays.setAll(added, pair -> with[pair] - without[pair]);
            return quantile(added, share);
        }
    }
}

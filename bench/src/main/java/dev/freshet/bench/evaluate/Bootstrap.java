package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Figure.Sense;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Bootstrap intervals by resampling people with replacement (Efron 1979). People instead of
 * interactions are resampled, because the interactions of one person are dependent. All measures
 * use the same samples, so differences are paired.
 *
 * <p>Cost: draws × people × measures additions.
 */
record Bootstrap(int draws, long seed) {
    /** Creates the usual number of samples. */
    Bootstrap(long seed) {
        this(1_000, seed);
    }

    /**
     * A figure that is a mean over people, so that people can be resampled: the sum of {@code sums}
     * divided by the sum of {@code counts}.
     *
     * @param name name in JSON, such as {@code recall@10}
     * @param sums contribution of each person
     * @param counts number of moments of each person
     */
    @SuppressWarnings("ArrayRecordComponent") // columns that are not modified once they are filled
    record Measure(String name, Sense sense, double[] sums, double[] counts) {
        Measure {
            if (sums.length != counts.length) {
                throw new IllegalArgumentException("sums and counts must have equal lengths");
            }
        }
    }

    /** Interval that contains a figure in 95 of 100 samples of people. */
    record Interval(double low, double high) {
        private static final double TAIL = 0.025;

        /** Returns the interval of samples. */
        static Interval of(double[] draws) {
            double[] sorted = draws.clone();
            Arrays.sort(sorted);
            int last = sorted.length - 1;
            return new Interval(
                    sorted[(int) Math.round(TAIL * last)],
                    sorted[(int) Math.round((1 - TAIL) * last)]);
        }

        boolean holds(double value) {
            return low <= value && value <= high;
        }
    }

    /**
     * Draws the samples.
     *
     * @param measures measures over the same people
     * @return the value of each measure in each sample; 0 if a sample contains no moment
     */
    double[][] of(List<Measure> measures) {
        double[][] values = new double[measures.size()][draws];
        int people = measures.isEmpty() ? 0 : measures.getFirst().sums().length;
        Random random = new Random(seed);
        int[] times = new int[people];
        for (int draw = 0; draw < draws; draw++) {
            Arrays.fill(times, 0);
            for (int i = 0; i < people; i++) {
                times[random.nextInt(people)]++;
            }
            for (int at = 0; at < values.length; at++) {
                values[at][draw] = figure(measures.get(at), times);
            }
        }
        return values;
    }

    private static double figure(Measure measure, int[] times) {
        double sum = 0;
        double count = 0;
        for (int person = 0; person < times.length; person++) {
            sum += times[person] * measure.sums()[person];
            count += times[person] * measure.counts()[person];
        }
        return measure.sense().of(sum, count);
    }
}

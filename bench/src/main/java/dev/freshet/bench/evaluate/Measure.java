package dev.freshet.bench.evaluate;

import java.util.Arrays;

/**
 * A figure that is a mean over people, so that people can be resampled: the sum of {@code sums}
 * divided by the sum of {@code counts}.
 *
 * @param name name in JSON, such as {@code recall@10}
 * @param sense direction of the figure
 * @param sums contribution of each person
 * @param counts number of moments of each person
 */
@SuppressWarnings("ArrayRecordComponent") // columns that are never modified
record Measure(String name, Sense sense, double[] sums, double[] counts) {
    /** Direction of a figure. */
    enum Sense {
        /** Higher is better. */
        GAIN,
        /** Lower is better. */
        ERROR,
        /** Lower is better, and the figure is the square root of the mean. */
        ROOT_OF_ERROR
    }

    Measure {
        if (sums.length != counts.length) {
            throw new IllegalArgumentException("sums and counts must have equal lengths");
        }
    }

    /** Returns a measure with one moment for each person. */
    static Measure ofMeans(String name, double[] values) {
        double[] counts = new double[values.length];
        Arrays.fill(counts, 1);
        return new Measure(name, Sense.GAIN, values, counts);
    }

    /** Returns the figure for a sum and a count. */
    double figure(double sum, double count) {
        double mean = count == 0 ? 0 : sum / count;
        return sense == Sense.ROOT_OF_ERROR ? Math.sqrt(mean) : mean;
    }

    int people() {
        return sums.length;
    }
}

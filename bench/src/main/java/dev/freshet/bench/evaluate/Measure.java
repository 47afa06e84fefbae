package dev.freshet.bench.evaluate;

import java.util.Arrays;

/**
 * A figure that is a mean, person by person, so that people can be drawn anew: the sum of {@code
 * sums} over the sum of {@code counts}.
 *
 * @param name as in JSON: {@code recall@10}
 * @param sense what a higher figure means
 * @param sums what each person adds
 * @param counts over how many moments
 */
@SuppressWarnings("ArrayRecordComponent") // columns, changed by nobody
record Measure(String name, Sense sense, double[] sums, double[] counts) {
    /** What a higher figure means. */
    enum Sense {
        /** Better. */
        GAIN,
        /** Worse. */
        ERROR,
        /** Worse, and the figure is the root of the mean. */
        ROOT_OF_ERROR
    }

    Measure {
        if (sums.length != counts.length) {
            throw new IllegalArgumentException("as many sums as counts");
        }
    }

    /** A mean with one moment for each person. */
    static Measure ofMeans(String name, double[] values) {
        double[] counts = new double[values.length];
        Arrays.fill(counts, 1);
        return new Measure(name, Sense.GAIN, values, counts);
    }

    /** The figure of a mean. */
    double figure(double sum, double count) {
        double mean = count == 0 ? 0 : sum / count;
        return sense == Sense.ROOT_OF_ERROR ? Math.sqrt(mean) : mean;
    }

    int people() {
        return sums.length;
    }
}

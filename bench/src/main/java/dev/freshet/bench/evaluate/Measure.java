package dev.freshet.bench.evaluate;

import java.util.Arrays;

/**
 * A figure that is a mean, person by person, so that people can be drawn anew: the sum of {@code
 * sums} over the sum of {@code counts}.
 *
 * @param name as in JSON: {@code recall@10}
 * @param sums what each person adds
 * @param counts over how many moments
 */
@SuppressWarnings("ArrayRecordComponent") // columns, changed by nobody
record Measure(String name, double[] sums, double[] counts) {
    Measure {
        if (sums.length != counts.length) {
            throw new IllegalArgumentException("as many sums as counts");
        }
    }

    /** A mean with one moment for each person. */
    static Measure ofMeans(String name, double[] values) {
        double[] counts = new double[values.length];
        Arrays.fill(counts, 1);
        return new Measure(name, values, counts);
    }

    int people() {
        return sums.length;
    }
}

package dev.freshet.bench;

import java.time.Duration;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/** Summary of measured durations that are too few for percentiles, in whole milliseconds. */
record Spread(long median, long min, long max) {
    /**
     * Returns the summary of at least one duration. The median of an even number is the mean of the
     * two middle ones.
     *
     * @throws IllegalArgumentException if there are none
     */
    static Spread of(Stream<Duration> times) {
        double[] millis = times.mapToDouble(one -> one.toNanos() / 1e6).toArray();
        if (millis.length == 0) {
            throw new IllegalArgumentException("a summary needs at least one duration");
        }
        return new Spread(
                (long) new Median().evaluate(millis),
                (long) StatUtils.min(millis),
                (long) StatUtils.max(millis));
    }
}

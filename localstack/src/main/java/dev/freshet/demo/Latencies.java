package dev.freshet.demo;

import java.time.Duration;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Thread-safe histogram of durations up to one minute, with three significant digits; longer
 * durations count as one minute.
 */
public final class Latencies {
    private static final long LONGEST_MICROS = Duration.ofMinutes(1).toNanos() / 1000;

    private final ConcurrentHistogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);

    public void add(Duration took) {
        micros.recordValue(Math.clamp(took.toNanos() / 1000, 0, LONGEST_MICROS));
    }

    /** Adds all durations of another histogram. */
    public void addAll(Latencies others) {
        micros.add(others.micros);
    }

    public long count() {
        return micros.getTotalCount();
    }

    /**
     * Returns the duration at a percentile of the measurements.
     *
     * @param percentile 0 to 100
     * @return milliseconds, 0 if nothing was measured
     */
    public double millis(double percentile) {
        return micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percentile) / 1000.0;
    }
}

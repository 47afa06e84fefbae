package dev.freshet.bench;

import dev.freshet.bench.setup.Measurement;
import dev.freshet.console.Text;
import dev.freshet.demo.Latencies;
import java.util.Locale;

/**
 * Summary of many measured durations, in milliseconds with one decimal.
 *
 * @param max the longest; durations above one minute count as one minute
 */
record Distribution(long count, double p50, double p90, double p99, double max) {
    /** Returns a text of the heading of a table. */
    static Text heading() {
        return new Text().add("%-24s%12s%12s%12s%12s%12s", "", "count", "p50", "p90", "p99", "max");
    }

    static Distribution of(Latencies times) {
        return new Distribution(
                times.count(),
                Measurement.tenths(times.millis(50)),
                Measurement.tenths(times.millis(90)),
                Measurement.tenths(times.millis(99)),
                Measurement.tenths(times.millis(100)));
    }

    /** Returns one row of the table below {@link #heading}. */
    String toText(String what) {
        return String.format(
                Locale.ROOT,
                "%-24s%,12d%,9.1f ms%,9.1f ms%,9.1f ms%,9.1f ms",
                what,
                count,
                p50,
                p90,
                p99,
                max);
    }
}

package dev.freshet.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.demo.Latencies;
import java.util.Locale;

/**
 * Summary of many measured durations, in milliseconds.
 *
 * @param max the longest; durations above one minute count as one minute
 */
record Distribution(long count, double p50, double p90, double p99, double max) {
    static final String HEADING = row("", "count", "p50", "p90", "p99", "max").stripTrailing();

    static Distribution of(Latencies times) {
        return new Distribution(
                times.count(),
                times.millis(50),
                times.millis(90),
                times.millis(99),
                times.millis(100));
    }

    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("count", count)
                .put("p50", tenths(p50))
                .put("p90", tenths(p90))
                .put("p99", tenths(p99))
                .put("max", tenths(max));
    }

    /** Returns one row of the table below {@link #HEADING}. */
    String toText(String what) {
        return row(
                what,
                String.format(Locale.ROOT, "%,d", count),
                millis(p50),
                millis(p90),
                millis(p99),
                millis(max));
    }

    private static String row(String what, String... cells) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-24s", what));
        for (String cell : cells) {
            row.append(String.format(Locale.ROOT, "%12s", cell));
        }
        return row.toString();
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%,.1f ms", value);
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}

package dev.freshet.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** Summary of measured durations that are too few for percentiles, in whole milliseconds. */
record Spread(long median, long min, long max) {

    /**
     * Returns the summary of at least one duration. The median of an even number is the mean of the
     * two middle ones.
     *
     * @throws IllegalArgumentException if there are none
     */
    static Spread of(List<Duration> times) {
        if (times.isEmpty()) {
            throw new IllegalArgumentException("a summary needs at least one duration");
        }
        List<Duration> sorted = times.stream().sorted().toList();
        int half = sorted.size() / 2;
        Duration median =
                sorted.size() % 2 == 1
                        ? sorted.get(half)
                        : sorted.get(half - 1).plus(sorted.get(half)).dividedBy(2);
        return new Spread(
                median.toMillis(), sorted.getFirst().toMillis(), sorted.getLast().toMillis());
    }

    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("median", median)
                .put("min", min)
                .put("max", max);
    }
}

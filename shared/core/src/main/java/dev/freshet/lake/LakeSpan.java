package dev.freshet.lake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A part of the rows of the lake that is read by one query: of each shard those after one sequence
 * number, up to another one. Rows are divided by their positions and not by time, because an event
 * may have an earlier time of receipt than the one before it in its shard, and what is learned
 * after a later position is skipped.
 *
 * @param from the first hour of receipt
 * @param to the end of the last one
 * @param bounds by shard
 */
record LakeSpan(Instant from, Instant to, Map<String, Bounds> bounds) {
    /**
     * Divides the rows that a model is rebuilt from into spans: whole hours of receipt, until they
     * have about as many rows as a span is to have. Used once.
     */
    static final class LakeSpans {
        private static final Duration HOUR = Duration.ofHours(1);

        private final Instant begin;
        private final int rowsOfSpan;
        private final Map<String, String> reached = new HashMap<>();
        private final List<LakeSpan> spans = new ArrayList<>();
        private final Map<String, Bounds> bounds = new HashMap<>();
        private @Nullable Instant from;
        private Instant to;
        private long rows;

        private LakeSpans(Instant begin, int rowsOfSpan) {
            this.begin = begin;
            this.to = begin;
            this.rowsOfSpan = rowsOfSpan;
        }

        /**
         * Returns the spans, in order.
         *
         * @param received the time of receipt of the rows
         * @param begin the hour of the first span; rows of earlier ones are passed over
         * @param rowsOfSpan rows at which a span ends; an hour is not divided
         */
        static List<LakeSpan> of(
                LakeReader lake, SqlRange received, Instant begin, int rowsOfSpan) {
            LakeSpans spans = new LakeSpans(begin, rowsOfSpan);
            try (LakeReader.Cursor rows = lake.query(HistorySql.hours(received))) {
                for (List<@Nullable String> row = rows.next(); row != null; row = rows.next()) {
                    spans.add(
                            Instant.parse(text(row, 0).replace(' ', 'T') + ":00:00Z"),
                            text(row, 1),
                            text(row, 2),
                            Long.parseLong(text(row, 3)));
                }
            }
            spans.end();
            return List.copyOf(spans.spans);
        }

        private static String text(List<@Nullable String> row, int column) {
            return Objects.requireNonNull(row.get(column));
        }

        /** Adds the rows of a shard of an hour, which is not before the one that was added last. */
        private void add(Instant hour, String shard, String last, long count) {
            if (rows >= rowsOfSpan && !hour.isBefore(to)) {
                end();
            }
            String before = reached.getOrDefault(shard, "");
            boolean passed = before.compareTo(last) >= 0;
            if (!passed) {
                reached.put(shard, last); // a resubmitted event has the time of its first receipt
            }
            if (!hour.isBefore(begin)) {
                from = from == null ? hour : from;
                to = hour.plus(HOUR);
                rows += count;
                if (!passed) {
                    bounds.merge(shard, new Bounds(before, last), Bounds::spanning);
                }
            }
        }

        private void end() {
            if (from != null && !bounds.isEmpty()) {
                spans.add(new LakeSpan(from, to, bounds));
            }
            from = null;
            bounds.clear();
            rows = 0;
        }
    }

    /**
     * The sequence numbers of a shard, in the form of rows.
     *
     * @param after empty for the beginning
     */
    record Bounds(String after, String last) {
        Bounds spanning(Bounds other) {
            return new Bounds(
                    after.compareTo(other.after) < 0 ? after : other.after,
                    last.compareTo(other.last) > 0 ? last : other.last);
        }

        String condition(String row) {
            return "%1$s.sequence > '%2$s' AND %1$s.sequence <= '%3$s'".formatted(row, after, last);
        }
    }

    LakeSpan {
        bounds = Map.copyOf(bounds);
    }

    /**
     * Returns the condition of a row of this span. The bounds of all shards stand first: engines
     * leave out files by them.
     */
    String condition(String row) {
        Bounds all = bounds.values().stream().reduce(Bounds::spanning).orElseThrow();
        return "%s AND (%s)"
                .formatted(
                        all.condition(row),
                        new TreeMap<>(bounds)
                                .entrySet().stream()
                                        .map(
                                                shard ->
                                                        "(%s.shard = '%s' AND %s)"
                                                                .formatted(
                                                                        row,
                                                                        shard.getKey()
                                                                                .replace("'", "''"),
                                                                        shard.getValue()
                                                                                .condition(row)))
                                        .collect(Collectors.joining(" OR ")));
    }
}

package dev.freshet.lake;

import java.time.Instant;
import java.util.Comparator;
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
     * The sequence numbers of a shard, in the form of rows.
     *
     * @param after null for the beginning
     */
    record Bounds(@Nullable String after, String last) {}

    LakeSpan {
        bounds = Map.copyOf(bounds);
    }

    /**
     * Returns the condition of a row of this span. The bounds of all shards stand first: engines
     * leave out files by them.
     */
    String condition(String row) {
        String last =
                bounds.values().stream()
                        .map(Bounds::last)
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
        boolean begun = bounds.values().stream().allMatch(bound -> bound.after() != null);
        String first =
                begun
                        ? bounds.values().stream()
                                .map(bound -> Objects.requireNonNull(bound.after()))
                                .min(Comparator.naturalOrder())
                                .orElseThrow()
                        : "";
        return "%1$s.sequence > '%2$s' AND %1$s.sequence <= '%3$s' AND (%4$s)"
                .formatted(
                        row,
                        first,
                        last,
                        new TreeMap<>(bounds)
                                .entrySet().stream()
                                        .map(
                                                shard ->
                                                        "(%1$s.shard = '%2$s' AND %1$s.sequence > '%3$s' AND %1$s.sequence <= '%4$s')"
                                                                .formatted(
                                                                        row,
                                                                        shard.getKey()
                                                                                .replace("'", "''"),
                                                                        Objects.requireNonNullElse(
                                                                                shard.getValue()
                                                                                        .after(),
                                                                                ""),
                                                                        shard.getValue().last()))
                                        .collect(Collectors.joining(" OR ")));
    }
}

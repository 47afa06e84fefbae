package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Trace.Step;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Where a stream is divided into what is learned before and what is tested then. */
sealed interface SplitPoint {
    /** A time: events from then on are tested. */
    record At(Instant time) implements SplitPoint {}

    /** A share of the events in time order, above 0 and below 1, that is learned before. */
    record Share(double before) implements SplitPoint {}

    /**
     * Reads a split point: a share such as {@code 0.8}, a date, a time such as {@code
     * 2026-01-31T09:30:00Z}, or whole seconds since 1970.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    static SplitPoint parse(String text) {
        try {
            if (text.matches("0?\\.\\d{1,9}") && Double.parseDouble(text) > 0) {
                return new Share(Double.parseDouble(text));
            }
            if (text.matches("\\d{2,12}")) {
                return new At(Instant.ofEpochSecond(Long.parseLong(text)));
            }
            return new At(
                    text.indexOf('T') > 0
                            ? Instant.parse(text)
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is neither a share between 0 and 1, such as 0.8, nor a date or a"
                            + " time, such as 2026-01-31T09:30:00Z.",
                    e);
        }
    }

    /** Returns the number of steps that are learned before. */
    default int of(List<Step> steps) {
        return switch (this) {
            case Share(double before) -> (int) (steps.size() * before);
            case At(Instant time) ->
                    (int)
                            steps.stream()
                                    .takeWhile(step -> step.interaction().at().isBefore(time))
                                    .count();
        };
    }
}

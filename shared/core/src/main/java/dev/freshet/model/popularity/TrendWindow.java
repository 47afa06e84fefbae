package dev.freshet.model.popularity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The top items of a closed window of event time.
 *
 * @param scope {@code all}, {@code country:BR}, {@code tag:football}; with the length in front in
 *     the table's key
 * @param length five minutes, an hour or a day
 * @param top most first, ≤ 50
 */
public record TrendWindow(
        String scope, Duration length, Instant start, List<Count> top, long modelVersion) {
    /**
     * One item's place in a window.
     *
     * @param count undecayed, people counted once
     */
    public record Count(String itemId, long count) {}

    public TrendWindow {
        top = List.copyOf(top);
    }
}

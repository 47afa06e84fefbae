package dev.freshet.model.popularity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The top items of a closed window of event time.
 *
 * @param scope {@code all}, {@code country:BR}, {@code tag:football}; the table's key has the
 *     length in front
 * @param length five minutes, an hour or a day
 * @param start start of the window
 * @param top items by descending count, ≤ 50
 * @param modelVersion version of the model that the counts are taken from
 */
public record TrendWindow(
        String scope, Duration length, Instant start, List<Count> top, long modelVersion) {
    /**
     * The count of one item in a window.
     *
     * @param count undecayed number of users; a user counts once per item and day
     */
    public record Count(String itemId, long count) {}

    public TrendWindow {
        top = List.copyOf(top);
    }
}

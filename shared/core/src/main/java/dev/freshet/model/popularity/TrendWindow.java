package dev.freshet.model.popularity;

import dev.freshet.model.history.HistoryLength;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

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
    /** The parts of one in the weights of sources. */
    public static final int WEIGHT_PARTS = 10_000;

    /**
     * Returns the scope of the weights that sources have for users with a history of a length. Such
     * a window has the names of sources in the place of ids.
     */
    public static String sources(HistoryLength length) {
        return "sources:" + length.name().toLowerCase(Locale.ROOT);
    }

    /** The parts of one in the values of experiments. */
    public static final long VALUE_PARTS = 1_000_000_000;

    /**
     * Returns the scope of what an arm of an experiment showed. Such a window has the names of
     * values in the place of ids.
     *
     * @param salt names the phase
     */
    public static String experiment(String id, String salt, String arm) {
        return "experiment:" + id + ":" + salt + ":" + arm;
    }

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

package dev.freshet.training;

import dev.freshet.model.Model;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.signal.SourceWeight;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The weights of the sources at the end of each hour of event time, as rows of the Trends table:
 * one for each class of users, whose counts are weights by source in parts of {@value
 * TrendWindow#WEIGHT_PARTS}. Some 0.5 KB a row, 72 rows a day.
 */
final class SourceHours {
    private static final Duration HOUR = Duration.ofHours(1);

    private SourceHours() {}

    /**
     * Returns the rows of the hour that ended between two versions; of several, of the one that the
     * events before were in. None before anything was learned.
     *
     * @param version of {@code after}
     */
    static List<TrendWindow> between(Model before, Model after, long version) {
        Instant hour = before.clock().truncatedTo(ChronoUnit.HOURS);
        List<TrendWindow> rows = new ArrayList<>();
        if (before.blend().steps() > 0 && !after.clock().isBefore(hour.plus(HOUR))) {
            for (HistoryLength length : HistoryLength.values()) {
                rows.add(
                        new TrendWindow(
                                TrendWindow.sources(length),
                                HOUR,
                                hour,
                                SourceWeight.of(before.blend(), length).stream()
                                        .map(SourceHours::count)
                                        .toList(),
                                version));
            }
        }
        return rows;
    }

    private static TrendWindow.Count count(SourceWeight source) {
        return new TrendWindow.Count(
                source.source().wireName(), Math.round(source.weight() * TrendWindow.WEIGHT_PARTS));
    }
}

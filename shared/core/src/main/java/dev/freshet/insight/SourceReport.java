package dev.freshet.insight;

import dev.freshet.model.Model;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.popularity.Trends;
import dev.freshet.model.signal.SourceWeight;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.QueryParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What each source of candidates is worth.
 *
 * @param modelVersion the version of the model that answered
 * @param asOf the latest event time that the model has learned
 * @param situations at present, by the length of a user's history
 * @param history at the end of past hours, oldest first
 */
public record SourceReport(
        long modelVersion, Instant asOf, List<Situation> situations, List<Hour> history) {
    /** Most hours of history: a week. */
    static final int MAX_HOURS = 168;

    private static final int USUAL_HOURS = 24;
    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * The sources for one class of users.
     *
     * @param situation the length of their history
     * @param sentence which users these are
     * @param sources largest weight first
     */
    public record Situation(String situation, String sentence, List<SourceFigures> sources) {}

    /**
     * The weights at the end of an hour.
     *
     * @param at the begin of the hour
     * @param weights by the name of the source, 0 to 1
     */
    public record Hour(Instant at, String situation, SortedMap<String, Double> weights) {}

    /**
     * What one source is worth, with four decimals.
     *
     * @param weight as {@link SourceWeight#weight}
     * @param performance as {@link SourceWeight#performance}
     */
    public record SourceFigures(String source, double weight, double performance) {
        private static final double PARTS = 10_000;

        static SourceFigures of(SourceWeight of) {
            return new SourceFigures(
                    of.source().wireName(),
                    Math.round(of.weight() * PARTS) / PARTS,
                    Math.round(of.performance() * PARTS) / PARTS);
        }
    }

    /**
     * Returns what sources are worth now, from the model in memory, and for past hours, by one
     * query for each class of users.
     *
     * @param parameters {@code hours}, 0 to {@value #MAX_HOURS}; by default {@value #USUAL_HOURS}
     * @throws InvalidQueryException if a parameter is unknown or no value of it
     */
    public static SourceReport of(
            InsightSources sources, Map<String, String> parameters, Instant now) {
        QueryParameters asked = QueryParameters.of(parameters, "hours");
        int hours = asked.whole("hours", 0, MAX_HOURS, USUAL_HOURS);
        Versioned newest = sources.models().get();
        return new SourceReport(
                newest.version(),
                newest.model().clock(),
                Arrays.stream(HistoryLength.values())
                        .map(length -> situation(newest.model(), length))
                        .toList(),
                hours == 0 ? List.of() : history(sources.trends(), now, hours));
    }

    private static Situation situation(Model model, HistoryLength length) {
        return new Situation(
                name(length),
                switch (length) {
                    case THIN -> "Users with at most 3 items in their history.";
                    case MEDIUM -> "Users with 4 to 15 items in their history.";
                    case LONG -> "Users with more than 15 items in their history.";
                },
                SourceWeight.of(model.blend(), length).stream().map(SourceFigures::of).toList());
    }

    private static List<Hour> history(Trends trends, Instant now, int hours) {
        List<Hour> all = new ArrayList<>();
        for (HistoryLength length : HistoryLength.values()) {
            trends.between(
                            TrendWindow.sources(length),
                            HOUR,
                            now.minus(HOUR.multipliedBy(hours)),
                            now)
                    .forEach(row -> all.add(hour(row, length)));
        }
        all.sort(Comparator.comparing(Hour::at)); // stable: as lengths are in order
        return all;
    }

    private static Hour hour(TrendWindow row, HistoryLength length) {
        SortedMap<String, Double> weights = new TreeMap<>();
        for (TrendWindow.Count source : row.top()) {
            weights.put(source.itemId(), (double) source.count() / TrendWindow.WEIGHT_PARTS);
        }
        return new Hour(row.start(), name(length), weights);
    }

    private static String name(HistoryLength length) {
        return length.name().toLowerCase(Locale.ROOT);
    }
}

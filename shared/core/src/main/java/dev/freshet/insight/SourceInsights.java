package dev.freshet.insight;

import dev.freshet.insight.SourceReport.SourceFigures;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.popularity.Trends;
import dev.freshet.model.signal.SourceWeight;
import dev.freshet.query.InvalidQueryException;
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
import java.util.function.Supplier;

/**
 * Answers what each source of candidates is worth: now from the model in memory, and for past hours
 * from the Trends table, by one query for each class of users.
 */
public final class SourceInsights {
    /** Most hours of history: a week. */
    static final int MAX_HOURS = 168;

    private static final int USUAL_HOURS = 24;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Supplier<Versioned> model;
    private final Trends trends;

    /**
     * Creates the answers over the model.
     *
     * @param model returns the newest model
     * @param trends has the hours that the trainer wrote
     */
    public SourceInsights(Supplier<Versioned> model, Trends trends) {
        this.model = model;
        this.trends = trends;
    }

    /**
     * Answers the question.
     *
     * @param parameters {@code hours}, 0 to {@value #MAX_HOURS}; by default {@value #USUAL_HOURS}
     * @throws InvalidQueryException if a parameter is unknown or no value of it
     */
    public SourceReport answer(Map<String, String> parameters, Instant now) {
        int hours = hours(parameters);
        Versioned newest = model.get();
        return new SourceReport(
                newest.version(),
                newest.model().clock(),
                Arrays.stream(HistoryLength.values())
                        .map(
                                length ->
                                        new SourceReport.Situation(
                                                name(length),
                                                sentence(length),
                                                SourceWeight.of(newest.model().blend(), length)
                                                        .stream()
                                                        .map(SourceFigures::of)
                                                        .toList()))
                        .toList(),
                history(now, hours));
    }

    private List<SourceReport.Hour> history(Instant now, int hours) {
        List<SourceReport.Hour> all = new ArrayList<>();
        if (hours > 0) {
            for (HistoryLength length : HistoryLength.values()) {
                trends.between(
                                TrendWindow.sources(length),
                                HOUR,
                                now.minus(HOUR.multipliedBy(hours)),
                                now)
                        .forEach(row -> all.add(hour(row, length)));
            }
        }
        all.sort(Comparator.comparing(SourceReport.Hour::at)); // stable: as lengths are in order
        return all;
    }

    private static SourceReport.Hour hour(TrendWindow row, HistoryLength length) {
        SortedMap<String, Double> weights = new TreeMap<>();
        row.top()
                .forEach(
                        source ->
                                weights.put(
                                        source.itemId(),
                                        (double) source.count() / TrendWindow.WEIGHT_PARTS));
        return new SourceReport.Hour(row.start(), name(length), weights);
    }

    private static String name(HistoryLength length) {
        return length.name().toLowerCase(Locale.ROOT);
    }

    private static String sentence(HistoryLength length) {
        return switch (length) {
            case THIN -> "Users with at most 3 items in their history.";
            case MEDIUM -> "Users with 4 to 15 items in their history.";
            case LONG -> "Users with more than 15 items in their history.";
        };
    }

    private static int hours(Map<String, String> parameters) {
        for (String name : parameters.keySet()) {
            if (!name.equals("hours")) {
                throw new InvalidQueryException(
                        "unknown-parameter", "The parameter is hours; leave out any other.");
            }
        }
        String text = parameters.getOrDefault("hours", Integer.toString(USUAL_HOURS));
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > MAX_HOURS) {
            throw new InvalidQueryException(
                    "hours-out-of-range", "hours is a whole number from 0 to " + MAX_HOURS + ".");
        }
        return Integer.parseInt(text);
    }
}

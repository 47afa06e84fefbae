package dev.freshet.training;

import dev.freshet.example.Example.Definition;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.ExperimentAnalysis;
import dev.freshet.experiment.ExperimentReader;
import dev.freshet.experiment.Results;
import dev.freshet.experiment.Results.ArmResult;
import dev.freshet.experiment.Results.MetricComparison;
import dev.freshet.model.Model;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.signal.SourceWeight;
import dev.freshet.query.InvalidQueryException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model held at the end of each hour of event time, as rows of the Trends table: the weights
 * of the sources, one row for each class of users, whose counts are weights in parts of {@value
 * TrendWindow#WEIGHT_PARTS} (some 0.5 KB a row, 72 rows a day); and what running experiments
 * showed, one row for each arm beside the control that has a comparison, at the cost of an analysis
 * of each running experiment once an hour.
 */
final class HourlyWindows {
    private static final Duration HOUR = Duration.ofHours(1);

    private HourlyWindows() {}

    /**
     * Returns the rows of the hour that ended between two versions; of several, of the one that the
     * events before were in. Without weights before anything was learned.
     *
     * @param version of {@code after}
     */
    static List<TrendWindow> between(Model before, Model after, long version) {
        Instant hour = before.clock().truncatedTo(ChronoUnit.HOURS);
        if (after.clock().isBefore(hour.plus(HOUR))) {
            return List.of();
        }
        List<TrendWindow> rows = new ArrayList<>();
        for (Definition definition : before.experiments().all()) {
            if (definition.running()) {
                rows.addAll(rows(before, definition, hour, version));
            }
        }
        if (before.blend().steps() > 0) {
            for (HistoryLength length : HistoryLength.values()) {
                rows.add(
                        new TrendWindow(
                                TrendWindow.sources(length),
                                HOUR,
                                hour,
                                SourceWeight.of(before.blend(), length).stream()
                                        .map(HourlyWindows::count)
                                        .toList(),
                                version));
            }
        }
        return rows;
    }

    private static List<TrendWindow> rows(
            Model model, Definition definition, Instant hour, long version) {
        Experiment experiment;
        try {
            experiment = ExperimentReader.read(definition, model.settings().eventTypes());
        } catch (InvalidQueryException otherRules) {
            return List.of(); // the results say so when they are asked for
        }
        Results results = ExperimentAnalysis.of(experiment, model.experimentSums(experiment.id()));
        List<TrendWindow> rows = new ArrayList<>();
        for (ArmResult arm : results.arms()) {
            MetricComparison primary = arm.primary();
            if (primary != null
                    && Double.isFinite(primary.difference())
                    && Double.isFinite(primary.interval().low())
                    && Double.isFinite(primary.interval().high())) {
                rows.add(
                        new TrendWindow(
                                TrendWindow.experiment(
                                        experiment.id(), experiment.salt(), arm.arm()),
                                HOUR,
                                hour,
                                List.of(
                                        new TrendWindow.Count("n", results.enrolled()),
                                        part("difference", primary.difference()),
                                        part("lower", primary.interval().low()),
                                        part("upper", primary.interval().high())),
                                version));
            }
        }
        return rows;
    }

    private static TrendWindow.Count part(String name, double value) {
        return new TrendWindow.Count(name, Math.round(value * TrendWindow.VALUE_PARTS));
    }

    private static TrendWindow.Count count(SourceWeight source) {
        return new TrendWindow.Count(
                source.source().wireName(), Math.round(source.weight() * TrendWindow.WEIGHT_PARTS));
    }
}

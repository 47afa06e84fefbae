package dev.freshet.insight;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.example.Example.Definition;
import dev.freshet.example.Example.DefinitionKind;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.Experiment.ExperimentStatus;
import dev.freshet.experiment.ExperimentAnalysis;
import dev.freshet.experiment.ExperimentReader;
import dev.freshet.experiment.GroupAnalysis;
import dev.freshet.experiment.GroupAnalysis.GroupResult;
import dev.freshet.experiment.Results;
import dev.freshet.experiment.Results.ArmResult;
import dev.freshet.experiment.Results.MetricComparison;
import dev.freshet.experiment.ShadowAnalysis;
import dev.freshet.experiment.ShadowAnalysis.ShadowResult;
import dev.freshet.insight.OutcomeReport.AsOf;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.popularity.Trends;
import dev.freshet.model.sums.PhaseSums.ExperimentSums;
import dev.freshet.model.sums.ShadowSums;
import dev.freshet.model.vectors.Segment;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The results of an experiment at a look, from the model in memory. Values are in the metric's
 * unit: shares from 0 to 1, money in the currency's main unit.
 *
 * @param experiment as the model knows it
 * @param definition of it, as it was put
 * @param groups the arms within groups of users, where they can be compared
 * @param shadows what drawn lists say about the shadows that the definition names
 * @param series what each arm showed over time, where that is known
 */
public record ExperimentReport(
        @JsonIgnore Experiment experiment,
        JsonNode definition,
        @JsonUnwrapped Results results,
        @JsonIgnore List<GroupResult> groups,
        List<ShadowResult> shadows,
        @JsonIgnore Map<String, List<Point>> series,
        AsOf asOf) {
    /**
     * Most points of an arm. Of more, every second is left out until they are no more than this.
     */
    static final int MAX_POINTS = 200;

    private static final Duration HOUR = Duration.ofHours(1);

    private static final String GROUPS =
            "A group is that of a user at the first impression. Groups describe: the verdict rests on"
                    + " all users. An interval holds at every look, for its group alone; discovered is"
                    + " corrected for the number of groups. Groups of fewer than 100 users of an arm, or"
                    + " than kAnonymity, are summed as (others).";

    /**
     * An experiment that the model knows.
     *
     * @param holdout whether it compares the recommender with what it replaces
     */
    public record Summary(String id, long version, ExperimentStatus status, boolean holdout) {}

    /** An arm compared with the control; {@code primary} is null where nothing can be yet. */
    public record Arm(
            @JsonUnwrapped ArmResult result, @Nullable Primary primary, List<GroupResult> groups) {}

    /** The primary metric of an arm, at this look and at the ends of hours before. */
    public record Primary(@JsonUnwrapped MetricComparison comparison, List<Point> series) {}

    /**
     * What the primary metric of an arm showed at the end of an hour.
     *
     * @param at the end of the hour
     * @param n users of the experiment
     * @param difference to the control, in the metric's unit
     * @param lower the end of the confidence sequence, which holds at every look
     */
    public record Point(Instant at, long n, double difference, double lower, double upper) {}

    /**
     * Returns the results of an experiment, without what it showed over time; empty if the model
     * knows none of this id. Cost: some milliseconds.
     *
     * @throws InvalidQueryException if the definition was stored by a release with other rules
     */
    public static Optional<ExperimentReport> find(Versioned newest, String id) {
        return newest.model().experiments().find(id).map(definition -> of(newest, definition));
    }

    private static ExperimentReport of(Versioned newest, Definition definition) {
        Experiment experiment = experiment(newest, definition);
        ExperimentSums sums = newest.model().experimentSums(experiment.id());
        Results results = ExperimentAnalysis.of(experiment, sums);
        Map<String, ShadowSums> shadows = newest.model().shadowSums(experiment.id());
        return new ExperimentReport(
                experiment,
                ExperimentReader.tree(definition),
                results,
                new GroupAnalysis(
                                experiment,
                                newest.model().segments().disclosed().stream()
                                        .collect(Collectors.toMap(Segment::id, Segment::title)),
                                newest.model().settings().kAnonymity())
                        .of(sums),
                experiment.shadows().stream()
                        .map(
                                shadow ->
                                        ShadowAnalysis.of(
                                                shadow.id(),
                                                shadows.getOrDefault(shadow.id(), ShadowSums.ZERO),
                                                experiment.plannedUsers(),
                                                results.enrolled()))
                        .toList(),
                Map.of(),
                AsOf.of(newest));
    }

    /**
     * Returns the experiments that a model knows, in the order of their ids. Those whose definition
     * was stored by a release with other rules are left out.
     */
    public static List<Summary> known(Versioned newest) {
        List<Summary> known = new ArrayList<>();
        for (Definition definition : newest.model().experiments().all()) {
            if (definition.kind() != DefinitionKind.EXPERIMENT) {
                continue;
            }
            try {
                Experiment one = experiment(newest, definition);
                known.add(new Summary(one.id(), one.version(), one.status(), one.isHoldout()));
            } catch (InvalidQueryException otherRules) {
                // left out
            }
        }
        return known;
    }

    private static Experiment experiment(Versioned newest, Definition definition) {
        return ExperimentReader.read(definition, newest.model().settings().eventTypes());
    }

    /** Returns these results with what each arm showed over time. */
    public ExperimentReport with(Map<String, List<Point>> ofArms) {
        return new ExperimentReport(experiment, definition, results, groups, shadows, ofArms, asOf);
    }

    /**
     * Returns what an experiment showed in its present phase by arm, oldest first, from the rows
     * that the trainer wrote at the end of each hour: one query for each arm beside the control.
     * Rows are kept as long as trends are. There are no points while the table does not answer,
     * because the present results are worth more than none.
     */
    public static Map<String, List<Point>> series(
            Trends trends, Experiment experiment, Instant now) {
        Map<String, List<Point>> series = new HashMap<>();
        Instant from = now.minus(HOUR.multipliedBy(Trends.MAX_WINDOWS));
        try {
            for (var arm : experiment.arms().subList(1, experiment.arms().size())) {
                String key = TrendWindow.experiment(experiment.id(), experiment.salt(), arm.id());
                series.put(
                        arm.id(),
                        thinned(
                                trends.between(key, HOUR, from, now).stream()
                                        .map(ExperimentReport::point)
                                        .toList()));
            }
        } catch (StoreUnavailableException unanswered) {
            return Map.of();
        }
        return series;
    }

    /** Returns the points without every second one, as often as needed; the newest always stays. */
    static List<Point> thinned(List<Point> points) {
        List<Point> kept = points;
        while (kept.size() > MAX_POINTS) {
            List<Point> half = new ArrayList<>();
            for (int i = (kept.size() - 1) % 2; i < kept.size(); i += 2) {
                half.add(kept.get(i));
            }
            kept = half;
        }
        return List.copyOf(kept);
    }

    private static Point point(TrendWindow row) {
        Map<String, Long> parts = new HashMap<>();
        row.top().forEach(part -> parts.put(part.itemId(), part.count()));
        return new Point(
                row.start().plus(HOUR),
                parts.getOrDefault("n", 0L),
                value(parts, "difference"),
                value(parts, "lower"),
                value(parts, "upper"));
    }

    private static double value(Map<String, Long> parts, String name) {
        return (double) parts.getOrDefault(name, 0L) / TrendWindow.VALUE_PARTS;
    }

    @JsonProperty
    public String id() {
        return experiment.id();
    }

    @JsonProperty
    public long version() {
        return experiment.version();
    }

    @JsonProperty
    public ExperimentStatus status() {
        return experiment.status();
    }

    @JsonProperty
    public String control() {
        return experiment.control().id();
    }

    @JsonProperty
    public long plannedUsers() {
        return experiment.plannedUsers();
    }

    /** Returns how the groups of the arms are to be read. */
    @JsonProperty
    public String groupsNote() {
        return GROUPS;
    }

    /** Returns all arms but the control. */
    @JsonProperty
    public List<Arm> arms() {
        return results.arms().stream().map(this::arm).toList();
    }

    private Arm arm(ArmResult arm) {
        return new Arm(
                arm,
                arm.primary() == null
                        ? null
                        : new Primary(arm.primary(), series.getOrDefault(arm.arm(), List.of())),
                groups.stream().filter(group -> group.ofArm().equals(arm.arm())).toList());
    }
}

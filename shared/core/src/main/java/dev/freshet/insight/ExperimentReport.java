package dev.freshet.insight;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.freshet.experiment.ArmResult;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.ExperimentStatus;
import dev.freshet.experiment.MetricComparison;
import dev.freshet.experiment.Results;
import dev.freshet.experiment.ShadowResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The results of an experiment at a look. Values are in the metric's unit: shares from 0 to 1,
 * money in the currency's main unit.
 *
 * @param experiment as the model knows it
 * @param shadows what drawn lists say about the shadows that the definition names
 * @param series what each arm showed over time, where that is known
 */
public record ExperimentReport(
        @JsonIgnore Experiment experiment,
        @JsonUnwrapped Results results,
        List<ShadowResult> shadows,
        @JsonIgnore Map<String, List<ExperimentSeries.Point>> series,
        AsOf asOf) {
    public ExperimentReport {
        shadows = List.copyOf(shadows);
        series = Map.copyOf(series);
    }

    /** An arm compared with the control; {@code primary} is null where nothing can be yet. */
    public record Arm(@JsonUnwrapped ArmResult result, @Nullable Primary primary) {}

    /** The primary metric of an arm, at this look and at the ends of hours before. */
    public record Primary(
            @JsonUnwrapped MetricComparison comparison, List<ExperimentSeries.Point> series) {}

    /** Returns these results with what each arm showed over time. */
    public ExperimentReport with(Map<String, List<ExperimentSeries.Point>> ofArms) {
        return new ExperimentReport(experiment, results, shadows, ofArms, asOf);
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

    /** Returns all arms but the control. */
    @JsonProperty
    public List<Arm> arms() {
        return results.arms().stream()
                .map(
                        arm ->
                                new Arm(
                                        arm,
                                        arm.primary() == null
                                                ? null
                                                : new Primary(
                                                        arm.primary(),
                                                        series.getOrDefault(arm.arm(), List.of()))))
                .toList();
    }
}

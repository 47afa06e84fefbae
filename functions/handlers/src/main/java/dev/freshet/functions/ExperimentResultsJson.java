package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.experiment.Arm;
import dev.freshet.experiment.ArmResult;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.MetricComparison;
import dev.freshet.experiment.Results;
import dev.freshet.experiment.ShadowResult;
import dev.freshet.insight.ExperimentReport;
import dev.freshet.insight.ExperimentSeries;
import dev.freshet.statistics.ConfidenceInterval;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON encoding of the results of an experiment. Values are in the metric's unit: shares from 0 to
 * 1, money in the currency's main unit. What cannot be computed yet is left out.
 */
final class ExperimentResultsJson {
    private ExperimentResultsJson() {}

    /**
     * Encodes the results.
     *
     * @param series what each arm showed over time, where that is known
     */
    static ObjectNode of(
            ExperimentReport report, Map<String, List<ExperimentSeries.Point>> series) {
        Experiment experiment = report.experiment();
        Results results = report.results();
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", experiment.id())
                        .put("version", experiment.version())
                        .put("status", experiment.status().wireName())
                        .put("conclusion", results.conclusion().wireName())
                        .put("sentence", results.sentence())
                        .put("control", experiment.control().id())
                        .put("plannedUsers", experiment.plannedUsers())
                        .put("enrolled", results.enrolled());
        ObjectNode users = json.putObject("users");
        for (Arm arm : experiment.arms()) {
            users.put(arm.id(), results.users().getOrDefault(arm.id(), 0L));
        }
        ObjectNode split = json.putObject("split").put("alarm", results.split().alarm());
        number(split, "logE", results.split().logE());
        number(split, "chiSquareP", results.split().chiSquareP());
        json.put("crossed", results.crossed()).put("crossedWarning", results.crossedWarning());
        ArrayNode arms = json.putArray("arms");
        results.arms()
                .forEach(
                        arm ->
                                write(
                                        arms.addObject(),
                                        arm,
                                        series.getOrDefault(arm.arm(), List.of())));
        ArrayNode shadows = json.putArray("shadows");
        report.shadows().forEach(shadow -> write(shadows.addObject(), shadow));
        json.putObject("asOf")
                .put("modelVersion", report.modelVersion())
                .put("newestEvent", report.asOf().toString());
        return json;
    }

    private static void write(ObjectNode json, ArmResult arm, List<ExperimentSeries.Point> series) {
        json.put("arm", arm.arm()).put("conclusion", arm.conclusion().wireName());
        MetricComparison primary = arm.primary();
        if (primary != null) {
            ArrayNode points = write(json.putObject("primary"), primary).putArray("series");
            series.forEach(
                    point ->
                            points.addObject()
                                    .put("at", point.at().toString())
                                    .put("n", point.n())
                                    .put("difference", point.difference())
                                    .put("lower", point.lower())
                                    .put("upper", point.upper()));
        }
        ArrayNode guardrails = json.putArray("guardrails");
        for (ArmResult.GuardrailResult guardrail : arm.guardrails()) {
            write(guardrails.addObject(), guardrail.comparison())
                    .put("state", guardrail.state().wireName());
        }
        ArrayNode secondary = json.putArray("secondary");
        for (ArmResult.SecondaryResult one : arm.secondary()) {
            write(secondary.addObject(), one.comparison()).put("discovered", one.discovered());
        }
    }

    private static void write(ObjectNode json, ShadowResult shadow) {
        json.put("shadow", shadow.shadow())
                .put("lists", shadow.lists())
                .put("leftOut", shadow.leftOut())
                .put("places", shadow.places());
        number(json, "effective", shadow.effective());
        number(json, "meanWeight", shadow.meanWeight());
        number(json, "largestShare", shadow.largestShare());
        json.put("clipped", shadow.clipped());
        shadow.refusals().forEach(json.putArray("refusals")::add);
        write(json, "logged", shadow.logged());
        write(json, "rips", shadow.rips());
        write(json, "snrips", shadow.snrips());
        write(json, "difference", shadow.difference());
    }

    private static void write(ObjectNode json, String name, ShadowResult.@Nullable Value told) {
        if (told != null) {
            ObjectNode value = json.putObject(name);
            number(value, "value", told.value());
            interval(value, "interval", told.interval());
        }
    }

    private static ObjectNode write(ObjectNode json, MetricComparison compared) {
        json.put("metric", compared.metric().wireName());
        number(json, "control", compared.control());
        number(json, "arm", compared.arm());
        number(json, "difference", compared.difference());
        interval(json, "interval", compared.interval());
        interval(json, "lift", compared.lift());
        number(json, "error", compared.error());
        number(json, "p", compared.p());
        number(json, "logE", compared.logE());
        number(json, "varianceReduction", compared.varianceReduction());
        number(json, "halfWidthAtPlan", compared.halfWidthAtPlan());
        return json;
    }

    private static void interval(
            ObjectNode json, String name, @Nullable ConfidenceInterval interval) {
        if (interval != null
                && Double.isFinite(interval.low())
                && Double.isFinite(interval.high())) {
            json.putArray(name).add(interval.low()).add(interval.high());
        }
    }

    private static void number(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        }
    }
}

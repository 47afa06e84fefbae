package dev.freshet.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.experiment.MetricPlan.Guardrail;
import dev.freshet.experiment.enrolment.Enrolment;
import dev.freshet.json.FieldReader;
import dev.freshet.json.TextRule;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.QueryViolations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the metrics of a definition. */
final class MetricPlanReader {
    private static final int MAX_METRICS = 8;
    private static final long MAX_DAYS = Enrolment.LONGEST_WINDOW.toDays();
    private static final Duration USUAL_WINDOW = Duration.ofDays(7);

    private MetricPlanReader() {}

    static MetricPlan read(JsonNode node) {
        FieldReader<InvalidQueryException> members =
                QueryViolations.fields(
                        node,
                        "metrics",
                        Set.of(
                                "primary",
                                "margin",
                                "guardrails",
                                "secondary",
                                "window",
                                "currency"));
        Metric primary =
                metric(
                        ExperimentReader.required(
                                ExperimentReader.text(members, "primary"), members, "primary"),
                        members.pathOf("primary"));
        Double margin = members.number("margin");
        List<Guardrail> guardrails = new ArrayList<>();
        for (JsonNode element : members.array("guardrails", MAX_METRICS)) {
            guardrails.add(guardrail(element, "metrics.guardrails[" + guardrails.size() + "]"));
        }
        List<Metric> secondary = new ArrayList<>();
        for (JsonNode element : members.array("secondary", MAX_METRICS)) {
            secondary.add(named(element, "metrics.secondary[" + secondary.size() + "]"));
        }
        Set<Metric> all = checkedOnce(primary, guardrails, secondary);
        return new MetricPlan(
                primary,
                margin == null
                        ? 0
                        : ExperimentReader.inRange(margin, 0, 1, members.pathOf("margin")),
                guardrails,
                secondary,
                window(members),
                currency(members, all));
    }

    /** A guardrail is a metric's name, or an object with the metric and its margin. */
    private static Guardrail guardrail(JsonNode element, String path) {
        if (!element.isObject()) {
            return new Guardrail(named(element, path), 0);
        }
        FieldReader<InvalidQueryException> members =
                QueryViolations.fields(element, path, Set.of("metric", "margin"));
        String name =
                ExperimentReader.required(
                        ExperimentReader.text(members, "metric"), members, "metric");
        Double margin = members.number("margin");
        return new Guardrail(
                metric(name, members.pathOf("metric")),
                margin == null
                        ? 0
                        : ExperimentReader.inRange(margin, 0, 1, members.pathOf("margin")));
    }

    private static Metric named(JsonNode element, String path) {
        return metric(
                FieldReader.textOf(
                        element, path, TextRule.SINGLE_LINE, 64, QueryViolations::report),
                path);
    }

    private static Metric metric(String name, String path) {
        return Metric.of(name)
                .orElseThrow(
                        () ->
                                new InvalidExperimentException(
                                        "unknown-metric",
                                        path + " is one of " + Metric.NAMES + "."));
    }

    private static Set<Metric> checkedOnce(
            Metric primary, List<Guardrail> guardrails, List<Metric> secondary) {
        Set<Metric> all = EnumSet.of(primary);
        guardrails.forEach(guardrail -> all.add(guardrail.metric()));
        all.addAll(secondary);
        if (all.size() < 1 + guardrails.size() + secondary.size()) {
            throw new InvalidExperimentException(
                    "duplicate-metric",
                    "A metric is the primary one, a guardrail or a secondary one, and only once.");
        }
        return all;
    }

    /** Amounts of different currencies have no sum, so a metric of money names the one it is of. */
    private static @Nullable String currency(
            FieldReader<InvalidQueryException> members, Set<Metric> all) {
        String currency = members.text("currency", TextRule.SINGLE_LINE, 8);
        if (currency == null && all.contains(Metric.REVENUE_PER_USER)) {
            throw new InvalidExperimentException(
                    "missing-currency",
                    "metrics.currency is missing: name the currency of the revenue, such as EUR.");
        }
        if (currency != null && !currency.matches("[A-Z]{3}")) {
            throw new InvalidExperimentException(
                    "bad-currency", "metrics.currency is three capital letters, such as EUR.");
        }
        return currency;
    }

    private static Duration window(FieldReader<InvalidQueryException> members) {
        String window = members.text("window", TextRule.SINGLE_LINE, 8);
        if (window == null) {
            return USUAL_WINDOW;
        }
        if (!window.matches("[0-9]{1,2}d")) {
            throw badWindow();
        }
        int days = Integer.parseInt(window.substring(0, window.length() - 1));
        if (days < 1 || days > MAX_DAYS) {
            throw badWindow();
        }
        return Duration.ofDays(days);
    }

    private static InvalidExperimentException badWindow() {
        return new InvalidExperimentException(
                "bad-window", "metrics.window is a number of days from 1d to " + MAX_DAYS + "d.");
    }
}

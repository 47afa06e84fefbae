package dev.freshet.experiment;

import static dev.freshet.query.InvalidQueryException.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.enrolment.Enrolment;
import dev.freshet.json.Identifier;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.Members;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment measures, fixed before it runs.
 *
 * @param primary decides
 * @param margin a relative difference that does not matter, 0 to 1; 0: every difference matters
 * @param guardrails must not be harmed
 * @param secondary are reported, corrected for their number
 * @param window the time from a user's first exposure in which outcomes count
 * @param currency of the revenue that is summed, three capital letters; null if none is
 */
public record MetricPlan(
        Metric primary,
        double margin,
        List<Guardrail> guardrails,
        List<Metric> secondary,
        Duration window,
        @Nullable String currency) {
    /**
     * A metric that must not be harmed.
     *
     * @param margin relative harm that is accepted, 0 to 1
     */
    public record Guardrail(Metric metric, double margin) {}

    static final Set<String> MEMBERS =
            Set.of("primary", "margin", "guardrails", "secondary", "window", "currency");
    private static final int MAX_METRICS = 8;
    private static final long MAX_DAYS = Enrolment.LONGEST_WINDOW.toDays();
    private static final Duration USUAL_WINDOW = Duration.ofDays(7);

    public MetricPlan {
        guardrails = List.copyOf(guardrails);
        secondary = List.copyOf(secondary);
    }

    /**
     * Reads the metrics of a definition.
     *
     * @throws InvalidQueryException for metrics that break a rule
     */
    static MetricPlan read(Members metrics) {
        Metric primary = metric(metrics, "primary");
        List<Guardrail> guardrails = metrics.list("guardrails", MAX_METRICS, MetricPlan::guardrail);
        List<Metric> secondary = metrics.list("secondary", MAX_METRICS, MetricPlan::named);
        Set<Metric> all = EnumSet.of(primary);
        guardrails.forEach(guardrail -> all.add(guardrail.metric()));
        all.addAll(secondary);
        require(
                all.size() >= 1 + guardrails.size() + secondary.size(),
                "duplicate-metric",
                "A metric is the primary one, a guardrail or a secondary one, and only once.");
        return new MetricPlan(
                primary,
                margin(metrics),
                guardrails,
                secondary,
                window(metrics),
                currency(metrics, all));
    }

    /** A guardrail is a metric's name, or an object with the metric and its margin. */
    private static Guardrail guardrail(JsonNode element, String path) {
        if (!element.isObject()) {
            return new Guardrail(named(element, path), 0);
        }
        Members guardrail = Members.of(element, path, Set.of("metric", "margin"));
        return new Guardrail(metric(guardrail, "metric"), margin(guardrail));
    }

    private static double margin(Members members) {
        Double margin = members.number("margin", 0, 1);
        return margin == null ? 0 : margin;
    }

    private static Metric metric(Members members, String name) {
        String metric = members.required(members.text(name, Identifier.MAX_LENGTH), name);
        return metric(metric, members.pathOf(name));
    }

    private static Metric named(JsonNode element, String path) {
        return metric(Members.text(element, path, Members.MAX_WORD), path);
    }

    private static Metric metric(String name, String path) {
        return Metric.of(name)
                .orElseThrow(
                        () ->
                                new InvalidQueryException(
                                        "unknown-metric",
                                        path + " is one of " + Metric.NAMES + "."));
    }

    /** Amounts of different currencies have no sum, so a metric of money names the one it is of. */
    private static @Nullable String currency(Members metrics, Set<Metric> all) {
        String currency = metrics.text("currency", 8);
        if (currency == null && all.contains(Metric.REVENUE_PER_USER)) {
            throw new InvalidQueryException(
                    "missing-currency",
                    "metrics.currency is missing: name the currency of the revenue, such as EUR.");
        }
        if (currency != null && !currency.matches("[A-Z]{3}")) {
            throw new InvalidQueryException(
                    "bad-currency", "metrics.currency is three capital letters, such as EUR.");
        }
        return currency;
    }

    private static Duration window(Members metrics) {
        String window = metrics.text("window", 8);
        if (window == null) {
            return USUAL_WINDOW;
        }
        int days =
                window.matches("[0-9]{1,2}d")
                        ? Integer.parseInt(window.substring(0, window.length() - 1))
                        : 0;
        require(
                days >= 1 && days <= MAX_DAYS,
                "bad-window",
                "metrics.window is a number of days from 1d to " + MAX_DAYS + "d.");
        return Duration.ofDays(days);
    }
}

package dev.freshet.cli.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.FormatMethod;
import dev.freshet.cli.Text;
import dev.freshet.experiment.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Renders the results of an experiment for people: the conclusion first, then its figures. */
final class ExperimentResultsText {
    private static final List<String> HEAD =
            List.of("arm", "metric", "control", "arm has", "difference", "lift", "shows");

    private ExperimentResultsText() {}

    static String of(JsonNode results) {
        Text text = new Text();
        text.add("%s", results.path("sentence").asText());
        text.add("");
        List<String> byArm = new ArrayList<>();
        results.path("users")
                .forEachEntry((arm, users) -> byArm.add("%s %,d".formatted(arm, users.asLong())));
        text.add(
                "%,d of %,d planned users: %s.",
                results.path("enrolled").asLong(),
                results.path("plannedUsers").asLong(),
                String.join(", ", byArm));
        if (results.at("/split/alarm").asBoolean()) {
            text.add("The split of users between the arms is not the intended one.");
        }
        long crossed = results.path("crossed").asLong();
        if (crossed > 0) {
            text.add("%,d users were shown two arms and are left out since.", crossed);
        }
        List<List<String>> rows = rows(results);
        if (rows.size() > 1) {
            text.add("").addTable(rows, HEAD.size());
        }
        results.path("shadows").forEach(shadow -> shadow(shadow, text));
        text.add("");
        text.add(
                "Intervals hold at every look. As of model version %d, newest event %s.",
                results.at("/asOf/modelVersion").asLong(),
                results.at("/asOf/newestEvent").asText());
        return text.toString();
    }

    private static void shadow(JsonNode shadow, Text text) {
        text.add("");
        String name = shadow.path("shadow").asText();
        JsonNode value = shadow.path("snrips");
        if (value.isMissingNode()) {
            text.add("Shadow %s cannot be evaluated yet:", name);
            shadow.path("refusals").forEach(why -> text.add("  %s", why.asText()));
            return;
        }
        text.add(
                "Shadow %s would have %.4g clicks a list (%.4g to %.4g) on the first %d"
                        + " places, %+.4g to %+.4g against %.4g as shown; from %,d drawn lists,"
                        + " worth %,.0f of its own.",
                name,
                value.path("value").asDouble(),
                value.at("/interval/0").asDouble(),
                value.at("/interval/1").asDouble(),
                shadow.path("places").asInt(),
                shadow.at("/difference/interval/0").asDouble(),
                shadow.at("/difference/interval/1").asDouble(),
                shadow.at("/logged/value").asDouble(),
                shadow.path("lists").asLong(),
                shadow.path("effective").asDouble());
    }

    private static List<List<String>> rows(JsonNode results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        for (JsonNode arm : results.path("arms")) {
            String name = arm.path("arm").asText();
            JsonNode primary = arm.path("primary");
            if (!primary.isMissingNode()) {
                rows.add(row(name, primary, arm.path("conclusion").asText()));
            }
            for (JsonNode guardrail : arm.path("guardrails")) {
                rows.add(row(name, guardrail, "guardrail: " + guardrail.path("state").asText()));
            }
            for (JsonNode one : arm.path("secondary")) {
                rows.add(
                        row(
                                name,
                                one,
                                one.path("discovered").asBoolean() ? "differs" : "not known"));
            }
        }
        return rows;
    }

    private static List<String> row(String arm, JsonNode compared, String shows) {
        String name = compared.path("metric").asText();
        Metric.Unit unit = Metric.of(name).map(Metric::unit).orElse(Metric.Unit.NUMBER);
        JsonNode interval = compared.path("interval");
        JsonNode lift = compared.path("lift");
        return List.of(
                arm,
                name,
                value(compared.path("control"), unit),
                value(compared.path("arm"), unit),
                interval.isMissingNode() ? "" : difference(interval, unit),
                lift.isMissingNode()
                        ? ""
                        : format(
                                "%+.1f %% to %+.1f %%",
                                100 * lift.path(0).asDouble(), 100 * lift.path(1).asDouble()),
                shows);
    }

    private static String value(JsonNode value, Metric.Unit unit) {
        if (!value.isNumber()) {
            return "";
        }
        return switch (unit) {
            case SHARE -> format("%.2f %%", 100 * value.asDouble());
            case NUMBER -> format("%.4g", value.asDouble());
            case MONEY -> format("%,.4f", value.asDouble());
        };
    }

    private static String difference(JsonNode interval, Metric.Unit unit) {
        double low = interval.path(0).asDouble();
        double high = interval.path(1).asDouble();
        return switch (unit) {
            case SHARE -> format("%+.2f to %+.2f points", 100 * low, 100 * high);
            case NUMBER -> format("%+.4g to %+.4g", low, high);
            case MONEY -> format("%+,.4f to %+,.4f", low, high);
        };
    }

    @FormatMethod
    private static String format(String format, Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }
}

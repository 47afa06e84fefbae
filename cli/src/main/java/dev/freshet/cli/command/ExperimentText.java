package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.FormatMethod;
import dev.freshet.console.Text;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.Experiment.Arm;
import dev.freshet.experiment.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Renders definitions of experiments for people. */
final class ExperimentText {
    private static final List<String> HEAD =
            List.of("id", "version", "status", "layer", "slots", "traffic", "arms", "primary");

    private ExperimentText() {}

    static String stored(JsonNode experiment) {
        Text text = new Text().add(experiment, "{id}, version {version:d}: {status}");
        experiment.path("warnings").forEach(one -> text.add("  %s", one.asText()));
        return text.toString();
    }

    /** Adds what a definition says and the share of users of each arm, as JSON and as lines. */
    static void describe(Experiment experiment, ObjectNode json, Text text) {
        double share = experiment.slots().share() * experiment.traffic();
        String status = experiment.status().wireName();
        String primary = experiment.metrics().primary().wireName();
        ObjectNode arms =
                json.withObject("experiments")
                        .putObject(experiment.id())
                        .put("version", experiment.version())
                        .put("status", status)
                        .put("layer", experiment.layer())
                        .put("share", share)
                        .put("primary", primary)
                        .put("plannedUsers", experiment.plannedUsers())
                        .putObject("arms");
        text.add(
                "%s, version %d: %s, %.1f %% of users in layer %s, decided by %s at about %,d"
                        + " users",
                experiment.id(),
                experiment.version(),
                status,
                100 * share,
                experiment.layer(),
                primary,
                experiment.plannedUsers());
        if (experiment.metrics().currency() != null) {
            text.add(
                    "  Revenue is what servers and users with a token tell: the amounts of a page's"
                            + " purchases count with publishableAmounts=true alone.");
        }
        for (Arm arm : experiment.arms()) {
            arms.put(arm.id(), share * arm.weight());
            text.add(
                    "  %-20s %6.2f %%%s",
                    arm.id(),
                    100 * share * arm.weight(),
                    arm.equals(experiment.control()) ? "  (control)" : "");
        }
        experiment.warnings().forEach(one -> text.add("  %s", one));
    }

    /** Returns the definitions of an answer as a table. */
    static String table(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        answer.path("experiments").forEach(experiment -> rows.add(cells(experiment)));
        if (rows.size() == 1) {
            return "There are no experiments.";
        }
        return new Text().addTable(rows, HEAD.size()).toString();
    }

    private static List<String> cells(JsonNode experiment) {
        JsonNode slots = experiment.path("slots");
        List<String> arms = Text.texts(experiment.path("arms"), "id");
        return List.of(
                experiment.path("id").asText(),
                experiment.path("version").asText(),
                experiment.path("status").asText(),
                experiment.path("layer").asText(),
                slots.isEmpty() ? "all" : slots.path(0).asText() + "-" + slots.path(1).asText(),
                experiment.path("traffic").asText("1"),
                String.join(",", arms),
                experiment.at("/metrics/primary").asText());
    }

    /** Renders the results of an experiment for people: the conclusion first, then its figures. */
    static final class ExperimentResultsText {
        private static final List<String> HEAD =
                List.of("arm", "metric", "control", "arm has", "difference", "lift", "shows");

        private static final List<String> GROUPS_HEAD =
                List.of("arm", "group", "control users", "users", "difference", "shows");

        private ExperimentResultsText() {}

        static String of(JsonNode results) {
            Text text = new Text();
            text.add("%s", results.path("sentence").asText());
            text.add("");
            List<String> byArm = new ArrayList<>();
            results.path("users")
                    .forEachEntry(
                            (arm, users) -> byArm.add("%s %,d".formatted(arm, users.asLong())));
            text.add(
                    results,
                    "{enrolled:,d} of {plannedUsers:,d} planned users: "
                            + String.join(", ", byArm)
                            + ".");
            if (results.at("/split/alarm").asBoolean()) {
                text.add("The split of users between the arms is not the intended one.");
            }
            if (results.path("crossed").asLong() > 0) {
                text.add(results, "{crossed:,d} users were shown two arms and are left out since.");
            }
            List<List<String>> rows = rows(results);
            if (rows.size() > 1) {
                text.add("").addTable(rows, HEAD.size());
            }
            List<List<String>> groups = groups(results);
            if (groups.size() > 1) {
                text.add("").addTable(groups, GROUPS_HEAD.size());
                text.add("%s", results.path("groupsNote").asText());
            }
            results.path("shadows").forEach(shadow -> shadow(shadow, text));
            text.add("");
            text.add(
                    results,
                    "Intervals hold at every look. As of model version {/asOf/modelVersion:d}, newest"
                            + " event {/asOf/newestEvent}.");
            return text.toString();
        }

        private static void shadow(JsonNode shadow, Text text) {
            text.add("");
            if (shadow.has("snrips")) {
                text.add(
                        shadow,
                        "Shadow {shadow} would have {/snrips/value:.4g} clicks a list"
                                + " ({/snrips/interval/0:.4g} to {/snrips/interval/1:.4g}) on the first"
                                + " {places:d} places, {/difference/interval/0:+.4g} to"
                                + " {/difference/interval/1:+.4g} against {/logged/value:.4g} as shown;"
                                + " from {lists:,d} drawn lists, worth {effective:,.0f} of its own.");
                return;
            }
            text.add(shadow, "Shadow {shadow} cannot be evaluated yet:");
            shadow.path("refusals").forEach(why -> text.add("  %s", why.asText()));
        }

        private static List<List<String>> groups(JsonNode results) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(GROUPS_HEAD);
            for (JsonNode arm : results.path("arms")) {
                for (JsonNode one : arm.path("groups")) {
                    String group = one.path("group").asText();
                    rows.add(
                            List.of(
                                    arm.path("arm").asText(),
                                    one.path("by").asText()
                                            + " "
                                            + (group.isEmpty() ? "not known" : group)
                                            + (one.has("groupName")
                                                    ? " " + one.path("groupName").asText()
                                                    : ""),
                                    format("%,d", one.path("controlUsers").asLong()),
                                    format("%,d", one.path("users").asLong()),
                                    difference(one, unit(one)),
                                    one.path("discovered").asBoolean() ? "differs" : "not known"));
                }
            }
            return rows;
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
                    rows.add(
                            row(name, guardrail, "guardrail: " + guardrail.path("state").asText()));
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
            Metric.Unit unit = unit(compared);
            return List.of(
                    arm,
                    name,
                    value(compared.path("control"), unit),
                    value(compared.path("arm"), unit),
                    compared.has("interval") ? difference(compared, unit) : "",
                    compared.has("lift")
                            ? Text.filled(compared, "{/lift/0:+.1f %} to {/lift/1:+.1f %}")
                            : "",
                    shows);
        }

        private static Metric.Unit unit(JsonNode compared) {
            return Metric.of(compared.path("metric").asText())
                    .map(Metric::unit)
                    .orElse(Metric.Unit.NUMBER);
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

        private static String difference(JsonNode compared, Metric.Unit unit) {
            JsonNode interval = compared.path("interval");
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
}

package dev.freshet.cli.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.experiment.Arm;
import dev.freshet.experiment.Experiment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Renders definitions of experiments for people. */
final class ExperimentText {
    private static final List<String> HEAD =
            List.of("id", "version", "status", "layer", "slots", "traffic", "arms", "primary");

    private ExperimentText() {}

    static String stored(JsonNode experiment) {
        return String.format(
                Locale.ROOT,
                "%s, version %d: %s",
                experiment.path("id").asText(),
                experiment.path("version").asLong(),
                experiment.path("status").asText());
    }

    /** Adds what a definition says and the share of users of each arm, as JSON and as lines. */
    static void describe(Experiment experiment, ObjectNode json, List<String> text) {
        double share = experiment.slots().share() * experiment.traffic();
        ObjectNode one =
                json.withObject("experiments")
                        .putObject(experiment.id())
                        .put("version", experiment.version())
                        .put("status", experiment.status().wireName())
                        .put("layer", experiment.layer())
                        .put("share", share)
                        .put("primary", experiment.metrics().primary().wireName())
                        .put("plannedUsers", experiment.plannedUsers());
        text.add(
                String.format(
                        Locale.ROOT,
                        "%s, version %d: %s, %.1f %% of users in layer %s, decided by %s at"
                                + " about %,d users",
                        experiment.id(),
                        experiment.version(),
                        experiment.status().wireName(),
                        100 * share,
                        experiment.layer(),
                        experiment.metrics().primary().wireName(),
                        experiment.plannedUsers()));
        ObjectNode arms = one.putObject("arms");
        for (Arm arm : experiment.arms()) {
            arms.put(arm.id(), share * arm.weight());
            text.add(
                    String.format(
                            Locale.ROOT,
                            "  %-20s %6.2f %%%s",
                            arm.id(),
                            100 * share * arm.weight(),
                            arm.equals(experiment.control()) ? "  (control)" : ""));
        }
    }

    /** Returns the definitions of an answer as a table. */
    static String table(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        answer.path("experiments").forEach(experiment -> rows.add(cells(experiment)));
        if (rows.size() == 1) {
            return "There are no experiments.";
        }
        return aligned(rows);
    }

    /** Returns rows with columns below each other. */
    static String aligned(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                int at = i;
                int width = rows.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
                line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static List<String> cells(JsonNode experiment) {
        JsonNode slots = experiment.path("slots");
        List<String> arms = new ArrayList<>();
        experiment.path("arms").forEach(arm -> arms.add(arm.path("id").asText()));
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
}

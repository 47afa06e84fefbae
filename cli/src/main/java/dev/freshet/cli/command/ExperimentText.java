package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.Text;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.Experiment.Arm;
import java.util.ArrayList;
import java.util.List;

/** Renders definitions of experiments for people. */
final class ExperimentText {
    private static final List<String> HEAD =
            List.of("id", "version", "status", "layer", "slots", "traffic", "arms", "primary");

    private ExperimentText() {}

    static String stored(JsonNode experiment) {
        return Text.filled(experiment, "{id}, version {version:d}: {status}");
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
        for (Arm arm : experiment.arms()) {
            arms.put(arm.id(), share * arm.weight());
            text.add(
                    "  %-20s %6.2f %%%s",
                    arm.id(),
                    100 * share * arm.weight(),
                    arm.equals(experiment.control()) ? "  (control)" : "");
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
}

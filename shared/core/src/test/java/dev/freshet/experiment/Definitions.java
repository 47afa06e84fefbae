package dev.freshet.experiment;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.event.EventTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Definitions for tests: a good one, and changes of it. */
final class Definitions {
    static final String GOOD =
            """
            {"id":"home-pl","version":3,"status":"running","layer":"ranking","slots":[0,5000],
             "traffic":0.2,"salt":"home-pl-1","plannedUsers":20000,
             "target":{"placements":["home"],"countries":["br"]},
             "shadows":[{"id":"weighted","strategy":"weighted"}],
             "arms":[{"id":"control","weight":0.5},
                     {"id":"pl","weight":0.5,"strategy":"stacking","weights":{"content":1.2},
                      "boost":[{"when":{"field":"type","is":"film"},"factor":2}],
                      "filter":{"field":"tags","contains":"new"},"diversity":0.2,
                      "exploration":{"policy":"plackett-luce","temperature":0.15},
                      "learning":"shared"}],
             "metrics":{"primary":"listCtr","margin":0.01,
                        "guardrails":["hidesPerList",{"metric":"revenuePerUser","margin":0.02}],
                        "secondary":["clicksPerUser"],"window":"7d","currency":"BRL"}}
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    private Definitions() {}

    static ObjectNode tree() {
        try {
            return (ObjectNode) JSON.readTree(GOOD);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static Experiment read(JsonNode tree) {
        try {
            return ExperimentReader.read(JSON.writeValueAsBytes(tree), EventTypes.BUILT_IN);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Sets the member at a JSON pointer; removes it without a value. */
    static void set(ObjectNode tree, String pointer, @Nullable String json) {
        JsonPointer at = JsonPointer.compile(pointer);
        ObjectNode parent = (ObjectNode) tree.at(at.head());
        String name = at.last().getMatchingProperty();
        if (json == null) {
            parent.remove(name);
            return;
        }
        try {
            parent.set(name, JSON.readTree(json));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The good definition after a change. */
    static Experiment with(Consumer<ObjectNode> change) {
        ObjectNode tree = tree();
        change.accept(tree);
        return read(tree);
    }

    /** An experiment without a target, over all slots of a layer. */
    static Experiment open(String id, String layer, double... weights) {
        return with(
                tree -> {
                    tree.put("id", id).put("layer", layer).put("salt", id + "-1");
                    tree.put("traffic", 1).remove("target");
                    tree.putArray("slots").add(0).add(10_000);
                    var arms = tree.putArray("arms");
                    for (int arm = 0; arm < weights.length; arm++) {
                        arms.addObject()
                                .put("id", arm == 0 ? "control" : "arm-" + arm)
                                .put("weight", weights[arm]);
                    }
                });
    }
}

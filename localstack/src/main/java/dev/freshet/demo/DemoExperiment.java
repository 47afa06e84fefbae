package dev.freshet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;

/**
 * The experiment of the demo: half of the users get popular items, the others get personalised
 * lists, and the share of lists clicked tells what personalisation is worth.
 */
final class DemoExperiment {
    /** Number of users: an arm is compared from a hundred users on. */
    static final int USERS = 600;

    /** The id of the experiment, by which {@code freshet experiments} finds it. */
    static final String ID = "demo";

    /** The arm whose lists are as without the experiment. */
    static final String PERSONALISED = "personalised";

    private static final ObjectMapper JSON = new ObjectMapper();

    private DemoExperiment() {}

    /**
     * Returns the definition.
     *
     * @param popular whether the control gets popular items; false for a comparison of equal arms
     */
    static ObjectNode definition(boolean popular) {
        ObjectNode json = running(ID, ID, USERS);
        json.putObject("target").putArray("placements").add(Simulation.PLACEMENT);
        ArrayNode arms = json.putArray("arms");
        ObjectNode control = arms.addObject().put("id", "control").put("weight", 0.5);
        if (popular) {
            control.put("strategy", "popular");
        }
        arms.addObject().put("id", PERSONALISED).put("weight", 0.5);
        json.putObject("metrics").put("primary", "listCtr").put("window", "7d");
        return json;
    }

    /** Returns the definition of a running experiment without its arms and metrics. */
    static ObjectNode running(String id, String layer, int users) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("version", 1)
                .put("status", "running")
                .put("layer", layer)
                .put("salt", id + "-1")
                .put("plannedUsers", users);
    }

    /**
     * Puts the definition; repeating the call changes nothing.
     *
     * @throws IllegalStateException if it is refused
     */
    static void start(FreshetClient client) {
        put(client, definition(true));
    }

    /** Returns the results, as the API tells them. */
    static JsonNode results(FreshetClient client) {
        return checked(client.get("/v1/experiments/" + ID + "/results")).body();
    }

    /**
     * Puts a definition.
     *
     * @throws IllegalStateException if it is refused
     */
    static void put(FreshetClient client, ObjectNode definition) {
        checked(client.put("/v1/experiments/" + definition.path("id").asText(), definition));
    }

    private static ApiResponse checked(ApiResponse answer) {
        return Simulation.checked(answer, "The experiment is refused");
    }
}

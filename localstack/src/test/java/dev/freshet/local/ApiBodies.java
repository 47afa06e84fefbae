package dev.freshet.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Bodies of requests to the API, and of its answers. */
public final class ApiBodies {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ApiBodies() {}

    /** Reads JSON that a test has written. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the items {@code item-0} and so on, published two days ago. */
    public static ObjectNode items(int count) {
        ObjectNode body = JSON.createObjectNode();
        for (int i = 0; i < count; i++) {
            body.withArray("items")
                    .addObject()
                    .put("itemId", "item-" + i)
                    .put("title", "Title " + i)
                    .put("publishedAt", Instant.now().minus(Duration.ofDays(2)).toString());
        }
        return body;
    }

    /** Returns an event of now, whose id says what it is and of whom. */
    public static ObjectNode event(String type, String user) {
        return JSON.createObjectNode()
                .put("eventId", type + "-of-" + user)
                .put("type", type)
                .put("userId", user)
                .put("occurredAt", Instant.now().toString());
    }

    public static ObjectNode events(List<ObjectNode> events) {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("events").addAll(events);
        return body;
    }

    /** Returns a request for recommendations. */
    public static ObjectNode request(String user, int count) {
        return JSON.createObjectNode().put("userId", user).put("count", count);
    }

    /** Returns the ids of the items of a list, in their order. */
    public static List<String> itemIds(JsonNode list) {
        return list.path("items").valueStream().map(item -> item.path("itemId").asText()).toList();
    }
}

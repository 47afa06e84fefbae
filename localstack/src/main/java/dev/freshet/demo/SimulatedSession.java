package dev.freshet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.generator.Article;
import dev.freshet.generator.Newspaper;
import dev.freshet.generator.SimulatedUser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Simulated behaviour of one user on one list of recommendations: examines it from the top, clicks
 * with the generator's probabilities, reads, sometimes likes, and seldom hides an item.
 *
 * @param events events for {@code POST /v1/events} in order, an impression first and the latest
 *     last
 * @param clicked ids of the articles clicked
 */
record SimulatedSession(List<ObjectNode> events, List<String> clicked) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reading times in seconds: a user stays at least the shortest time after a click, and longer,
     * up to the longest, the better the article fits.
     */
    private static final double SHORTEST_READ = 3;

    private static final double LONGEST_READ = 180;
    private static final double LIKE_PROBABILITY = 0.4;
    private static final double HIDE_PROBABILITY = 0.01;
    private static final double LOW_ATTRACTION = 0.05;

    /**
     * Simulates one session.
     *
     * @param id unique id of the session; event ids are derived from it
     * @param answer response of {@code POST /v1/recommendations}
     */
    static SimulatedSession play(
            String id,
            SimulatedUser user,
            JsonNode answer,
            String placement,
            Newspaper paper,
            Instant now,
            RandomGenerator random) {
        List<ObjectNode> events = new ArrayList<>();
        List<String> clicked = new ArrayList<>();
        Script script = new Script(id, user, answer.path("exposure").asText(), now, events);
        ObjectNode impression = script.add("impression");
        impression.putObject("properties").put("placement", placement);
        ArrayNode shown = impression.putArray("items");
        int position = 0;
        for (JsonNode item : answer.path("items")) {
            String itemId = item.path("itemId").asText();
            shown.add(itemId);
            Article article = paper.article(itemId);
            if (article == null) {
                continue;
            }
            if (random.nextDouble() < paper.clickProbability(user, article, position++, now)) {
                clicked.add(itemId);
                double fit = paper.fit(user, article, now);
                double read = LONGEST_READ * fit * random.nextDouble();
                script.onItem("click", itemId);
                script.onItem("dwell", itemId).put("value", SHORTEST_READ + read);
                if (random.nextDouble() < LIKE_PROBABILITY * fit) {
                    script.onItem("like", itemId);
                }
            } else if (paper.attraction(user, article, now) < LOW_ATTRACTION
                    && random.nextDouble() < HIDE_PROBABILITY) {
                script.onItem("hide", itemId);
            }
        }
        return new SimulatedSession(events, clicked);
    }

    /**
     * Builder of the session's events, which numbers them and dates each one millisecond after the
     * previous one.
     */
    private record Script(
            String id, SimulatedUser user, String exposure, Instant now, List<ObjectNode> events) {
        ObjectNode add(String type) {
            ObjectNode event = JSON.createObjectNode();
            event.put("eventId", id + "-" + events.size())
                    .put("type", type)
                    .put("userId", user.userId())
                    .put("sessionId", id)
                    .put("occurredAt", now.plusMillis(events.size()).toString())
                    .put("exposure", exposure);
            event.putObject("context").put("country", user.country()).put("device", user.device());
            events.add(event);
            return event;
        }

        ObjectNode onItem(String type, String itemId) {
            ObjectNode event = add(type);
            event.putObject("target").put("kind", "item").put("id", itemId);
            return event;
        }
    }
}

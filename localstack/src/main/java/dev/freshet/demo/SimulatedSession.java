package dev.freshet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.generator.GeneratedSite.GeneratedItem;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Simulated behaviour of one user on one list of recommendations: examines it from the top, clicks
 * with the generator's probabilities, does with the item what users of the {@link DemoWorld} do,
 * and seldom hides one.
 *
 * @param events events for {@code POST /v1/events} in order, an impression first and the latest
 *     last
 * @param clicked ids of the items clicked
 */
record SimulatedSession(List<ObjectNode> events, List<String> clicked) {
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
            DemoWorld world,
            GeneratedSite site,
            Instant now,
            RandomGenerator random) {
        List<String> clicked = new ArrayList<>();
        SessionScript script =
                new SessionScript(
                        id, user, answer.path("exposure").asText(), now, Duration.ofMillis(1));
        ObjectNode impression = script.add("impression");
        impression.putObject("properties").put("placement", placement);
        ArrayNode shown = impression.putArray("items");
        int position = 0;
        for (JsonNode item : answer.path("items")) {
            String itemId = item.path("itemId").asText();
            shown.add(itemId);
            GeneratedItem article = site.item(itemId);
            if (article == null) {
                continue;
            }
            if (random.nextDouble() < site.clickProbability(user, article, position++, now)) {
                clicked.add(itemId);
                script.onItem("click", itemId);
                world.afterClick(script, article, site.fit(user, article, now), random);
            } else if (site.attraction(user, article, now) < LOW_ATTRACTION
                    && random.nextDouble() < HIDE_PROBABILITY) {
                script.onItem("hide", itemId);
            }
        }
        return new SimulatedSession(script.events(), clicked);
    }

    /**
     * Builder of a session's events, which numbers and dates them.
     *
     * @param exposure token of the list that the events are about, or empty
     * @param start time of the first event
     * @param step time from one event to the next
     * @param events receives them in order
     */
    record SessionScript(
            String id,
            SimulatedUser user,
            String exposure,
            Instant start,
            Duration step,
            List<ObjectNode> events) {

        SessionScript(
                String id, SimulatedUser user, String exposure, Instant start, Duration step) {
            this(id, user, exposure, start, step, new ArrayList<>());
        }

        ObjectNode add(String type) {
            ObjectNode event = JsonNodeFactory.instance.objectNode();
            event.put("eventId", id + "-" + events.size())
                    .put("type", type)
                    .put("userId", user.userId())
                    .put("sessionId", id)
                    .put("occurredAt", start.plus(step.multipliedBy(events.size())).toString());
            if (!exposure.isEmpty()) {
                event.put("exposure", exposure);
            }
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

package dev.freshet.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.generator.SimulatedUser;
import java.time.Instant;
import java.util.List;

/**
 * Builder of a session's events, which numbers them and dates each one millisecond after the
 * previous one.
 *
 * @param events receives them in order
 */
record SessionScript(
        String id, SimulatedUser user, String exposure, Instant now, List<ObjectNode> events) {
    ObjectNode add(String type) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
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

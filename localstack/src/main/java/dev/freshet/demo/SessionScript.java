package dev.freshet.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.generator.SimulatedUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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

    SessionScript(String id, SimulatedUser user, String exposure, Instant start, Duration step) {
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

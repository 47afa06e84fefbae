package dev.freshet.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Request bodies of {@code POST /v1/events} for tests. */
public final class Bodies {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final ObjectMapper MAPPER = new ObjectMapper();

    private Bodies() {}

    /** Returns a valid click of one minute before {@link #NOW}, for a test to alter. */
    public static ObjectNode click(String eventId) {
        ObjectNode event = MAPPER.createObjectNode();
        return event.put("eventId", eventId)
                .put("type", "click")
                .put("userId", "reader-1")
                .put("itemId", "item-1")
                .put("occurredAt", NOW.minusSeconds(60).toString());
    }

    /** Returns a request body with these events, each given as JSON text or node. */
    public static String of(Object... events) {
        StringBuilder body = new StringBuilder("{\"events\":[");
        for (int i = 0; i < events.length; i++) {
            body.append(i == 0 ? "" : ",").append(events[i]);
        }
        return body.append("]}").toString();
    }

    /**
     * Returns JSON as UTF-8 bytes, with surrogates as escapes, since UTF-8 cannot encode an
     * unpaired one.
     */
    public static byte[] utf8(String json) {
        StringBuilder escaped = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            escaped.append(
                    Character.isSurrogate(c) ? "\\u%04x".formatted((int) c) : String.valueOf(c));
        }
        return escaped.toString().getBytes(StandardCharsets.UTF_8);
    }
}

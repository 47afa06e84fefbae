package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * The format of CI&amp;T DeskDrop's {@code users_interactions.csv}: timestamp, eventType,
 * contentId, personId, sessionId, userAgent, userRegion, userCountry.
 */
final class DeskdropFormat implements Format {
    private static final Map<String, String> TYPES =
            Map.of(
                    "VIEW", "view",
                    "LIKE", "like",
                    "BOOKMARK", "bookmark",
                    "COMMENT CREATED", "comment",
                    "FOLLOW", "follow");

    private final Columns columns = new Columns(',', 8);

    @Override
    public String name() {
        return "deskdrop";
    }

    @Override
    public boolean isHeader(String firstLine) {
        return firstLine.startsWith("timestamp,");
    }

    @Override
    public ObjectNode event(String id, String line) {
        String[] c = columns.of(line);
        String type = TYPES.get(c[1]);
        if (type == null) {
            throw new UnreadableRowException(
                    "The event type '" + c[1] + "' is not one of DeskDrop's.");
        }
        ObjectNode event = JSON.createObjectNode();
        event.put("eventId", id)
                .put("type", type)
                .put("userId", c[3])
                .put("sessionId", c[4])
                .put("occurredAt", Columns.time(c[0]).toString());
        event.putObject("target").put("kind", "item").put("id", c[2]);
        ObjectNode context = event.putObject("context");
        if (!c[5].isBlank()) {
            context.put("userAgent", c[5]);
        }
        if (c[7].matches("[A-Z]{2}")) {
            context.put("country", c[7]);
        }
        if (!c[6].isBlank()) {
            context.put("region", c[6]);
        }
        return event;
    }
}

package dev.freshet.cli.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The format with one JSON object on each line, an event as {@code POST /v1/events} takes it. An
 * event without {@code eventId} gets one.
 */
final class JsonlFormat implements Format {

    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public boolean isHeader(String firstLine) {
        return false;
    }

    @Override
    public ObjectNode event(String id, String line) {
        try {
            if (JSON.readTree(line) instanceof ObjectNode event) {
                return event.has("eventId") ? event : event.put("eventId", id);
            }
            throw new UnreadableRowException("The line is not a JSON object.");
        } catch (JsonProcessingException e) {
            throw new UnreadableRowException("The line is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}

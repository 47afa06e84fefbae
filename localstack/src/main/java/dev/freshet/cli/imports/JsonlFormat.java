package dev.freshet.cli.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One event a line, as {@code POST /v1/events} takes it; an id is made for an event without one.
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
            throw new UnreadableRowException("The line is no JSON object.");
        } catch (JsonProcessingException e) {
            throw new UnreadableRowException("The line is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}

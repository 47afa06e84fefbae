package dev.freshet.cli.imports.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.imports.input.InputLine;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The parser of a file with one JSON object on each line.
 *
 * @param name of the format
 * @param entries returns what an object says
 */
public record JsonLines(String name, BiFunction<InputLine, ObjectNode, List<ImportEntry>> entries)
        implements LineParser {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns the parser of events as {@code POST /v1/events} takes them. */
    static JsonLines events() {
        return new JsonLines("jsonl", (line, json) -> List.of(event("jsonl", line, json)));
    }

    /** Returns the parser of an export of Segment or RudderStack. */
    static JsonLines segment() {
        return new JsonLines("segment", SegmentCalls::entries);
    }

    /** Returns the parser of the rows of a query. */
    public static JsonLines query() {
        return new JsonLines(QueryEntries.NAME, QueryEntries::entries);
    }

    /** Returns an event, which gets an id where it has none. */
    static ImportEntry event(String format, InputLine line, ObjectNode json) {
        if (!json.has("eventId")) {
            json.put("eventId", line.eventId(format));
        }
        return new ImportEntry.OfEvent(line, json);
    }

    @Override
    public List<ImportEntry> entries(InputLine line) {
        try {
            return JSON.readTree(line.text()) instanceof ObjectNode json
                    ? entries.apply(line, json)
                    : unreadable(line, "The line is not a JSON object.");
        } catch (JsonProcessingException malformed) {
            return unreadable(line, "The line is not JSON: " + malformed.getOriginalMessage());
        }
    }

    private static List<ImportEntry> unreadable(InputLine line, String detail) {
        return List.of(new ImportEntry.Unreadable(line, detail));
    }
}

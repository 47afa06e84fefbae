package dev.freshet.cli.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.json.Identifier;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parser of a file with one JSON object on each line.
 *
 * @param name of the format
 * @param entries returns what an object says
 */
public record JsonLines(String name, BiFunction<InputLine, ObjectNode, List<ImportEntry>> entries)
        implements LineParser {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Returns the parser of items. */
    static JsonLines items() {
        return new JsonLines("items", (line, json) -> List.of(new ImportEntry.OfItem(line, json)));
    }

    /** Returns the parser of users. */
    static JsonLines users() {
        return new JsonLines(
                "users",
                (line, json) ->
                        Identifier.USER.accepts(json.path("userId").asText())
                                ? ImportEntry.ofUser(line, json)
                                : unreadable(
                                        line,
                                        "The line needs a userId: a text of "
                                                + Identifier.USER.rule()
                                                + "."));
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
        if (line.text().stripLeading().startsWith("[")) {
            return unreadable(
                    line,
                    "The line begins a JSON array: write one object a line, without brackets and"
                            + " commas around them, as jq -c '.[]' does.");
        }
        try {
            return JSON.readTree(line.text()) instanceof ObjectNode json
                    ? entries.apply(line, json)
                    : unreadable(line, "The line is not a JSON object.");
        } catch (MismatchedInputException more) {
            return unreadable(line, "The line goes on after its JSON: write one object a line.");
        } catch (JsonProcessingException malformed) {
            return unreadable(line, "The line is not JSON: " + malformed.getOriginalMessage());
        }
    }

    private static List<ImportEntry> unreadable(InputLine line, String detail) {
        return List.of(new ImportEntry.Unreadable(line, detail));
    }

    /**
     * The rows of a query. One with the column {@code occurredAt} is an event, else one with {@code
     * itemId} an item, else it is a user; the other columns are members of these as the API takes
     * them.
     *
     * <p>NULL is an absent member, in nested values too, and a group of nothing else is absent. An
     * id that is a number is the text of it, and dates and times of SQL are taken as UTC.
     */
    static final class QueryEntries {
        static final String NAME = "query";

        private static final List<String> IDS =
                List.of(
                        "eventId",
                        "userId",
                        "anonymousId",
                        "itemId",
                        "sessionId",
                        "items",
                        "aliases");
        private static final List<String> TIMES = List.of("occurredAt", "publishedAt");

        /** A date or a time as SQL writes it. */
        private static final Pattern TIME =
                Pattern.compile(
                        "(\\d{4}-\\d\\d-\\d\\d)(?: (\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?))?(?:\\+00)?");

        private QueryEntries() {}

        static List<ImportEntry> entries(InputLine line, ObjectNode row) {
            boolean event = row.has("occurredAt");
            boolean item = row.has("itemId");
            removeNulls(row);
            row.properties()
                    .forEach(
                            member -> {
                                if (IDS.contains(member.getKey())) {
                                    member.setValue(id(member.getValue()));
                                } else if (TIMES.contains(member.getKey())) {
                                    member.setValue(time(member.getValue()));
                                }
                            });
            if (event) {
                return List.of(JsonLines.event(NAME, line, row));
            }
            return item
                    ? List.of(new ImportEntry.OfItem(line, row))
                    : ImportEntry.ofUser(line, row);
        }

        private static void removeNulls(ObjectNode group) {
            group.forEach(
                    member -> {
                        if (member instanceof ObjectNode inner) {
                            removeNulls(inner);
                        }
                    });
            group.removeIf(member -> member.isNull() || (member.isObject() && member.isEmpty()));
        }

        private static JsonNode id(JsonNode value) {
            if (value.isArray()) {
                ArrayNode ids = JsonNodeFactory.instance.arrayNode();
                value.forEach(each -> ids.add(id(each)));
                return ids;
            }
            return value.isNumber() ? TextNode.valueOf(value.asText()) : value;
        }

        private static JsonNode time(JsonNode value) {
            Matcher time = TIME.matcher(value.asText());
            return time.matches()
                    ? TextNode.valueOf(
                            time.group(1)
                                    + "T"
                                    + (time.group(2) == null ? "00:00:00" : time.group(2))
                                    + "Z")
                    : value;
        }
    }
}

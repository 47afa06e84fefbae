package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.imports.Input.InputLine;
import java.util.ArrayList;
import java.util.List;

/** One thing that a line of an import says. */
public sealed interface ImportEntry {
    /** Returns the line that says it. */
    InputLine line();

    /** An entry of which a request has many. */
    sealed interface Posted extends ImportEntry {
        /** Returns the entry as the route takes it. */
        ObjectNode json();
    }

    /** An event, as {@code POST /v1/events} takes it. */
    record OfEvent(InputLine line, ObjectNode json) implements Posted {
        /** Returns the id by which events are kept in order; empty where the event has none. */
        public String user() {
            return json.path("userId").asText(json.path("anonymousId").asText(""));
        }
    }

    /** An item, as {@code POST /v1/items} takes it. */
    record OfItem(InputLine line, ObjectNode json) implements Posted {}

    /** A user, with the body that {@code PUT /v1/users/{id}} takes. */
    record OfUser(InputLine line, String userId, ObjectNode json) implements ImportEntry {}

    /** An anonymous id of a user, as {@code POST /v1/users/alias} takes it. */
    record OfAlias(InputLine line, String anonymousId, String userId) implements ImportEntry {
        /** Returns the body of the request. */
        public ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            return json.put("anonymousId", anonymousId).put("userId", userId);
        }
    }

    /** A line that cannot be converted: it is counted as refused. */
    record Unreadable(InputLine line, String detail) implements ImportEntry {
        /** The code of the refusal. */
        public static final String CODE = "unreadable-row";
    }

    /**
     * A line that says nothing to a recommender.
     *
     * @param reason a few words by which such lines are counted
     */
    record Skipped(InputLine line, String reason) implements ImportEntry {}

    /**
     * Returns what an object says of a user: attributes and consent, where it has any, and its
     * anonymous ids.
     *
     * @param json with the members {@code userId}, {@code aliases} and those of a user
     */
    static List<ImportEntry> ofUser(InputLine line, ObjectNode json) {
        String id = json.path("userId").asText();
        List<ImportEntry> entries = new ArrayList<>();
        ObjectNode stated = json.deepCopy().without(List.of("userId", "aliases"));
        if (!stated.isEmpty()) {
            entries.add(new OfUser(line, id, stated));
        }
        json.path("aliases").forEach(alias -> entries.add(new OfAlias(line, alias.asText(), id)));
        return entries;
    }

    /**
     * Why a line, or something that it says, is refused.
     *
     * @param code stable, kebab-case, such as {@code occurred-at-too-old}
     * @param detail a sentence for a person
     */
    public record Refusal(InputLine line, String code, String detail) {
        /**
         * Returns the refusal as reports have it: the number of the line, the code and the detail.
         */
        public ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            return json.put("line", line.number()).put("code", code).put("detail", detail);
        }
    }
}

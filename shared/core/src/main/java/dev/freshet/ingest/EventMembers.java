package dev.freshet.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.UserIdentity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of an event's JSON, each under its rule. A member that is null is a member absent.
 */
final class EventMembers {
    private EventMembers() {}

    static @Nullable JsonNode find(JsonNode object, String name) {
        JsonNode member = object.get(name);
        return member == null || member.isNull() ? null : member;
    }

    /** An id, or null where there is none. */
    static @Nullable String id(JsonNode object, String name) throws BrokenRule {
        JsonNode member = find(object, name);
        return member == null ? null : asId(member, name);
    }

    static String asId(JsonNode value, String name) throws BrokenRule {
        if (!value.isTextual() || !isId(value.textValue())) {
            throw EventRule.MALFORMED_ID.broken(name);
        }
        return value.textValue();
    }

    /**
     * 1 to 128 characters, well-formed, none of them a control character, not all of them blank;
     * neither {@code .} nor {@code ..}, which no path of a request can carry: whoever is taken in
     * under an id can be asked for and erased under it.
     */
    static boolean isId(String text) {
        return !text.isBlank()
                && !text.equals(".")
                && !text.equals("..")
                && text.length() <= UserIdentity.MAX_ID_LENGTH
                && isPlain(text);
    }

    /** Well-formed UTF-16 without control characters. */
    static boolean isPlain(String text) {
        return isWellFormed(text) && text.chars().noneMatch(Character::isISOControl);
    }

    /** UTF-16 without lone surrogates. */
    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                return false;
            }
            i += Character.charCount(point);
        }
        return true;
    }

    /** A time of day with its offset (RFC 3339), or empty for anything else. */
    static Optional<Instant> instant(JsonNode value) {
        if (!value.isTextual() || value.textValue().length() > 40) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(value.textValue(), Instant::from));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    static @Nullable Instant time(JsonNode object, String name) throws BrokenRule {
        JsonNode member = find(object, name);
        if (member == null) {
            return null;
        }
        return instant(member).orElseThrow(() -> EventRule.MALFORMED_TIME.broken(name));
    }

    /** How many levels of objects and arrays there are; the parser has bounded it. */
    static int depth(JsonNode node) {
        int deepest = 0;
        for (JsonNode child : node) {
            deepest = Math.max(deepest, depth(child));
        }
        return node.isContainerNode() ? deepest + 1 : deepest;
    }

    /** Ends the reading where a rule is broken. */
    static void require(boolean holds, EventRule rule, Object... words) throws BrokenRule {
        if (!holds) {
            throw rule.broken(words);
        }
    }
}

package dev.freshet.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.UserIdentity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The members of one JSON object, read by type. A member that is absent or JSON's null is null
 * here; one of another type ends in an {@link InvalidQueryException} that names it by its path.
 */
final class QueryMembers {
    private final JsonNode node;
    private final String path;

    private QueryMembers(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /**
     * @param path what to call the object in a sentence; empty for the body itself
     * @param known every member that the object may have: a misspelt one is refused, not overlooked
     */
    static QueryMembers of(JsonNode node, String path, Set<String> known) {
        if (!node.isObject()) {
            throw new InvalidQueryException(
                    "wrong-type", (path.isEmpty() ? "The body" : path) + " must be a JSON object.");
        }
        Iterator<String> names = node.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new InvalidQueryException(
                        "unknown-field",
                        "There is no member "
                                + quoted(name)
                                + (path.isEmpty() ? "" : " in " + path)
                                + "; known are "
                                + String.join(", ", new TreeSet<>(known))
                                + ".");
            }
        }
        return new QueryMembers(node, path);
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    @Nullable JsonNode get(String name) {
        return node.hasNonNull(name) ? node.get(name) : null;
    }

    /**
     * @param max longest text, in UTF-16 characters
     */
    @Nullable String text(String name, int max) {
        JsonNode value = get(name);
        return value == null ? null : textOf(value, pathOf(name), max);
    }

    /** An id: 1 to 128 characters that can be printed. */
    @Nullable String id(String name) {
        JsonNode value = get(name);
        return value == null
                ? null
                : idOf(value.isTextual() ? value.textValue() : null, pathOf(name));
    }

    @Nullable Double number(String name) {
        JsonNode value = get(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            throw new InvalidQueryException("wrong-type", pathOf(name) + " must be a number.");
        }
        return value.doubleValue();
    }

    /**
     * A whole number; one beyond an int is cut to the nearest int, so that the range check after it
     * speaks.
     */
    @Nullable Integer whole(String name) {
        Double value = number(name);
        if (value == null) {
            return null;
        }
        if (value != Math.rint(value)) {
            throw new InvalidQueryException(
                    "wrong-type", pathOf(name) + " must be a whole number.");
        }
        return (int) Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Nullable Instant time(String name) {
        String text = text(name, 64);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notATime) {
            throw new InvalidQueryException(
                    "bad-time", pathOf(name) + " must be a time such as 2026-01-31T12:00:00Z.");
        }
    }

    /** The elements, ≤ max; empty where the member is absent. */
    List<JsonNode> array(String name, int max, String codeIfMore) {
        JsonNode value = get(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw new InvalidQueryException("wrong-type", pathOf(name) + " must be an array.");
        }
        if (value.size() > max) {
            throw new InvalidQueryException(
                    codeIfMore, pathOf(name) + " may hold at most " + max + " entries.");
        }
        List<JsonNode> elements = new ArrayList<>(value.size());
        value.forEach(elements::add);
        return elements;
    }

    static String textOf(JsonNode value, String path, int max) {
        if (!value.isTextual()) {
            throw new InvalidQueryException("wrong-type", path + " must be a string.");
        }
        String text = value.textValue();
        if (text.length() > max) {
            throw new InvalidQueryException(
                    "too-long", path + " may have at most " + max + " characters.");
        }
        if (!isWellFormed(text)) {
            throw new InvalidQueryException(
                    "bad-text",
                    path + " may not hold control characters or halves of surrogate pairs.");
        }
        return text;
    }

    static String idOf(@Nullable String text, String path) {
        if (text == null
                || text.isEmpty()
                || text.length() > UserIdentity.MAX_ID_LENGTH
                || !isWellFormed(text)) {
            throw new InvalidQueryException(
                    "bad-id",
                    path
                            + " must be a string of 1 to "
                            + UserIdentity.MAX_ID_LENGTH
                            + " characters, without control characters or halves of surrogate pairs.");
        }
        return text;
    }

    /**
     * For sentences: at most 40 characters of what the client wrote, without what could not be
     * printed.
     */
    static String quoted(String text) {
        String cut = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        return '"' + cut.replaceAll("[\\p{Cntrl}\\p{Cs}\"\\\\]", "?") + '"';
    }

    private static boolean isWellFormed(String text) {
        return text.codePoints()
                .noneMatch(
                        c ->
                                Character.isISOControl(c)
                                        || (c >= Character.MIN_SURROGATE
                                                && c <= Character.MAX_SURROGATE));
    }
}

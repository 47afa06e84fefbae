package dev.freshet.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.query.Filter.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * JSON → {@link Filter}: {@code {"all":[…]}}, {@code {"any":[…]}}, {@code {"not":…}}, or a
 * condition on one field:
 *
 * <ul>
 *   <li>{@code itemId}, {@code type}, {@code group}, {@code author}, {@code attributes.NAME}:
 *       {@code "is":"x"} or {@code "in":["x","y"]}
 *   <li>{@code tags}: {@code "contains":"x"}
 *   <li>{@code publishedAt}: {@code "from":time} (inclusive) and {@code "to":time} (exclusive), one
 *       or both
 * </ul>
 *
 * One reader reads one tree: it counts the conditions so that the work of a request stays bounded.
 */
final class FilterReader {
    /** Deepest nesting of all, any and not. */
    static final int MAX_DEPTH = 10;

    /** Most nodes of one tree. */
    static final int MAX_NODES = 200;

    static final int MAX_PARTS = 32;
    static final int MAX_VALUES = 100;
    static final int MAX_TEXT = 256;

    private static final Set<String> SINGLE = Set.of("itemId", "type", "group", "author");
    private static final String FIELDS =
            "itemId, type, group, author, tags, publishedAt and attributes.NAME";

    private int nodes;

    private FilterReader() {}

    /**
     * @param path what to call the tree in a sentence: {@code filter}
     */
    static Filter read(JsonNode tree, String path) {
        return new FilterReader().node(tree, path, 1);
    }

    private Filter node(JsonNode node, String path, int depth) {
        if (depth > MAX_DEPTH) {
            throw new InvalidQueryException(
                    "filter-too-deep", "A filter may be nested " + MAX_DEPTH + " deep at most.");
        }
        if (++nodes > MAX_NODES) {
            throw new InvalidQueryException(
                    "filter-too-large", "A filter may have " + MAX_NODES + " parts at most.");
        }
        if (node.has("field")) {
            return condition(node, path);
        }
        QueryMembers members = QueryMembers.of(node, path, Set.of("all", "any", "not"));
        if (node.size() != 1) {
            throw bad(path, "has exactly one of all, any, not, or a field with its condition");
        }
        if (members.has("all")) {
            return new Filter.All(parts(members, "all", depth));
        }
        if (members.has("any")) {
            return new Filter.Any(parts(members, "any", depth));
        }
        JsonNode part = members.get("not");
        if (part == null) {
            throw bad(path, "holds nothing");
        }
        return new Filter.Not(node(part, members.pathOf("not"), depth + 1));
    }

    private List<Filter> parts(QueryMembers members, String name, int depth) {
        List<Filter> parts = new ArrayList<>();
        for (JsonNode part : members.array(name, MAX_PARTS, "filter-too-large")) {
            parts.add(node(part, members.pathOf(name) + "[" + parts.size() + "]", depth + 1));
        }
        return parts;
    }

    private static Filter condition(JsonNode node, String path) {
        QueryMembers members =
                QueryMembers.of(node, path, Set.of("field", "is", "in", "contains", "from", "to"));
        String name = members.text("field", MAX_TEXT);
        if (name == null) {
            throw bad(path, "needs a field");
        }
        boolean attribute =
                name.startsWith(Field.ATTRIBUTE_PREFIX)
                        && name.length() > Field.ATTRIBUTE_PREFIX.length();
        if (SINGLE.contains(name) || attribute) {
            return single(members, name, path, node.size());
        }
        return switch (name) {
            case "tags" -> {
                String value = members.text("contains", MAX_TEXT);
                if (value == null || node.size() != 2) {
                    throw bad(path, "needs exactly contains, since tags hold several values");
                }
                yield new Filter.Contains(Field.TAGS, value);
            }
            case "publishedAt" -> {
                Instant from = members.time("from");
                Instant to = members.time("to");
                int bounds = (from == null ? 0 : 1) + (to == null ? 0 : 1);
                if (bounds == 0 || node.size() != 1 + bounds) {
                    throw bad(path, "needs from, to or both, and nothing else");
                }
                yield new Filter.Published(from, to);
            }
            default ->
                    throw new InvalidQueryException(
                            "unknown-filter-field",
                            "There is no field "
                                    + QueryMembers.quoted(name)
                                    + " to filter by; known are "
                                    + FIELDS
                                    + ".");
        };
    }

    private static Filter single(QueryMembers members, String name, String path, int size) {
        if (size != 2 || members.has("is") == members.has("in")) {
            throw bad(path, "needs exactly one of is and in");
        }
        Set<String> values = new HashSet<>();
        String is = members.text("is", MAX_TEXT);
        if (is != null) {
            values.add(is);
        }
        for (JsonNode value : members.array("in", MAX_VALUES, "filter-too-large")) {
            values.add(QueryMembers.textOf(value, members.pathOf("in"), MAX_TEXT));
        }
        return new Filter.In(new Field(name), values);
    }

    private static InvalidQueryException bad(String path, String why) {
        return new InvalidQueryException("bad-filter", path + " " + why + ".");
    }
}

package dev.freshet.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.attribute.AttributeValue;
import dev.freshet.json.FieldReader;
import dev.freshet.json.TextRule;
import dev.freshet.query.Filter.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a {@link Filter} from JSON: {@code {"all":[…]}}, {@code {"any":[…]}}, {@code {"not":…}}, or
 * a condition on one field:
 *
 * <ul>
 *   <li>{@code itemId}, {@code type}, {@code group}, {@code author}: {@code "is":"x"} or {@code
 *       "in":["x","y"]}
 *   <li>{@code attributes.NAME}: {@code is} and {@code in} with texts, numbers, true or false; or
 *       {@code "contains":"x"} for a list
 *   <li>{@code tags}: {@code "contains":"x"}
 *   <li>{@code publishedAt}: {@code "from":time} (inclusive) and {@code "to":time} (exclusive), one
 *       or both
 * </ul>
 *
 * An instance reads the trees of one request and counts their nodes together, so that the work of
 * the request is bounded.
 */
final class FilterReader {
    /** Deepest nesting of all, any and not. */
    static final int MAX_DEPTH = 10;

    /** Most nodes of all trees of a request, its filter and its boosts. */
    static final int MAX_NODES = 256;

    static final int MAX_PARTS = 32;
    static final int MAX_VALUES = 100;
    static final int MAX_TEXT = 256;

    private static final Set<String> SINGLE = Set.of("itemId", "type", "group", "author");
    private static final String FIELDS =
            "itemId, type, group, author, tags, publishedAt and attributes.NAME";

    private int nodes;

    /**
     * Reads a filter.
     *
     * @param path the path of the tree in messages: {@code filter}
     */
    Filter read(JsonNode tree, String path) {
        return node(tree, path, 1);
    }

    private Filter node(JsonNode node, String path, int depth) {
        if (depth > MAX_DEPTH) {
            throw new InvalidQueryException(
                    "filter-too-deep",
                    "A filter may be nested " + MAX_DEPTH + " levels deep at most.");
        }
        if (++nodes > MAX_NODES) {
            throw new InvalidQueryException(
                    "filter-too-large",
                    "The filter and the boosts of a request may have "
                            + MAX_NODES
                            + " parts at most in all.");
        }
        if (node.has("field")) {
            return condition(node, path);
        }
        FieldReader<InvalidQueryException> members =
                QueryViolations.fields(node, path, Set.of("all", "any", "not"));
        if (node.size() != 1) {
            throw bad(path, "has exactly one of all, any, not, or a field with its condition");
        }
        if (members.has("all")) {
            return new Filter.All(parts(members, "all", depth));
        }
        if (members.has("any")) {
            return new Filter.Any(parts(members, "any", depth));
        }
        JsonNode part = members.find("not");
        if (part == null) {
            throw bad(path, "has a not without a filter");
        }
        return new Filter.Not(node(part, members.pathOf("not"), depth + 1));
    }

    private List<Filter> parts(FieldReader<InvalidQueryException> members, String name, int depth) {
        List<Filter> parts = new ArrayList<>();
        for (JsonNode part : array(members, name, MAX_PARTS)) {
            parts.add(node(part, members.pathOf(name) + "[" + parts.size() + "]", depth + 1));
        }
        return parts;
    }

    private static Filter condition(JsonNode node, String path) {
        FieldReader<InvalidQueryException> members =
                QueryViolations.fields(
                        node, path, Set.of("field", "is", "in", "contains", "from", "to"));
        String name = members.text("field", TextRule.SINGLE_LINE, MAX_TEXT);
        if (name == null) {
            throw bad(path, "needs a field");
        }
        boolean attribute =
                name.startsWith(Field.ATTRIBUTE_PREFIX)
                        && name.length() > Field.ATTRIBUTE_PREFIX.length();
        if (attribute && members.has("contains")) {
            return contains(members, name, path, node.size());
        }
        if (SINGLE.contains(name) || attribute) {
            return single(members, name, path, node.size());
        }
        return switch (name) {
            case "tags" -> contains(members, name, path, node.size());
            case "publishedAt" -> {
                Instant from = QueryViolations.time(members, "from");
                Instant to = QueryViolations.time(members, "to");
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
                                    + QueryViolations.quoted(name)
                                    + " to filter by; the fields are "
                                    + FIELDS
                                    + ".");
        };
    }

    private static Filter contains(
            FieldReader<InvalidQueryException> members, String name, String path, int size) {
        String value = members.text("contains", TextRule.SINGLE_LINE, MAX_TEXT);
        if (value == null || size != 2) {
            throw bad(path, "needs exactly contains, since " + name + " holds several values");
        }
        return new Filter.Contains(new Field(name), value);
    }

    private static Filter single(
            FieldReader<InvalidQueryException> members, String name, String path, int size) {
        if (size != 2 || members.has("is") == members.has("in")) {
            throw bad(path, "needs exactly one of is and in");
        }
        Field field = new Field(name);
        Set<AttributeValue> values = new HashSet<>();
        JsonNode is = members.find("is");
        if (is != null) {
            values.add(value(is, field, members.pathOf("is")));
        }
        for (JsonNode value : array(members, "in", MAX_VALUES)) {
            values.add(value(value, field, members.pathOf("in")));
        }
        return new Filter.In(field, values);
    }

    private static AttributeValue value(JsonNode value, Field field, String path) {
        if (field.isAttribute() && value.isBoolean()) {
            return AttributeValue.of(value.booleanValue());
        }
        if (field.isAttribute() && value.isNumber()) {
            if (!AttributeValue.Numeric.accepts(value.doubleValue())) {
                throw bad(path, "takes a number of a magnitude from 1e-100 to 1e100, or 0");
            }
            return AttributeValue.of(value.doubleValue());
        }
        return AttributeValue.of(
                FieldReader.textOf(
                        value, path, TextRule.SINGLE_LINE, MAX_TEXT, QueryViolations::report));
    }

    private static List<JsonNode> array(
            FieldReader<InvalidQueryException> members, String name, int max) {
        return members.reportingBy(QueryViolations.withCodeIfMore("filter-too-large"))
                .array(name, max);
    }

    private static InvalidQueryException bad(String path, String why) {
        return new InvalidQueryException("bad-filter", path + " " + why + ".");
    }
}

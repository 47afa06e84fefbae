package dev.freshet.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.attribute.AttributeValue;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.json.FieldReader;
import dev.freshet.json.TextRule;
import dev.freshet.query.Filter.Comparison;
import dev.freshet.query.Filter.Field;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one condition of a {@link Filter} from JSON, by the kind of its field:
 *
 * <ul>
 *   <li>{@code itemId}, {@code type}, {@code group}, {@code author}: {@code is}, {@code in}, {@code
 *       startsWith}, {@code exists}
 *   <li>{@code tags}: {@code contains}, {@code exists}
 *   <li>{@code publishedAt}: {@code from} (inclusive) and {@code to} (exclusive), one or both;
 *       {@code exists}
 *   <li>{@code attributes.NAME}: all of these
 * </ul>
 *
 * In place of a value {@code is}, {@code in} and {@code contains} take an attribute of the user:
 * {@code {"user":"size"}}.
 */
final class ConditionReader {
    static final int MAX_VALUES = 100;
    static final int MAX_TEXT = 256;

    /** Longest age of an interaction. */
    static final Duration MAX_WITHIN = Duration.ofDays(3_660);

    private static final Set<String> SINGLE = Set.of("itemId", "type", "group", "author");
    private static final Set<String> OPERATORS =
            Set.of("is", "in", "contains", "startsWith", "exists", "from", "to");
    private static final Set<String> MEMBERS =
            Set.of("field", "is", "in", "contains", "startsWith", "exists", "from", "to");
    private static final String FIELDS =
            "itemId, type, group, author, tags, publishedAt and attributes.NAME";

    private ConditionReader() {}

    /** Reads a condition on a field. */
    static Filter read(JsonNode node, String path) {
        FieldReader<InvalidQueryException> members = QueryViolations.fields(node, path, MEMBERS);
        String name = members.text("field", TextRule.SINGLE_LINE, MAX_TEXT);
        if (name == null) {
            throw bad(path, "needs a field");
        }
        Field field = new Field(name);
        return switch (name) {
            case "tags" ->
                    condition(
                            members,
                            path,
                            node,
                            field,
                            Set.of("contains", "exists"),
                            "needs exactly one of contains and exists, since tags hold several"
                                    + " values");
            case "publishedAt" ->
                    condition(
                            members,
                            path,
                            node,
                            field,
                            Set.of("from", "to", "exists"),
                            "needs from, to or both, or exists, and nothing else");
            default -> {
                if (SINGLE.contains(name)) {
                    yield condition(
                            members,
                            path,
                            node,
                            field,
                            Set.of("is", "in", "startsWith", "exists"),
                            "needs exactly one of is, in, startsWith and exists");
                }
                if (field.isAttribute()) {
                    yield condition(
                            members,
                            path,
                            node,
                            field,
                            OPERATORS,
                            "needs exactly one of is, in, contains, startsWith, exists, or from, to"
                                    + " or both");
                }
                throw new InvalidQueryException(
                        "unknown-filter-field",
                        "There is no field "
                                + QueryViolations.quoted(name)
                                + " to filter by; the fields are "
                                + FIELDS
                                + ".");
            }
        };
    }

    /** Reads the condition on a field by the one operator of several that it has. */
    private static Filter condition(
            FieldReader<InvalidQueryException> members,
            String path,
            JsonNode node,
            Field field,
            Set<String> allowed,
            String needs) {
        String operator = null;
        for (String name : OPERATORS) {
            if (members.has(name)) {
                boolean secondBound = operator != null && isBound(name) && isBound(operator);
                if (!allowed.contains(name) || (operator != null && !secondBound)) {
                    throw bad(path, needs);
                }
                operator = name;
            }
        }
        int bounds = (members.has("from") ? 1 : 0) + (members.has("to") ? 1 : 0);
        if (operator == null || node.size() != 1 + Math.max(1, bounds)) {
            throw bad(path, needs);
        }
        return switch (operator) {
            case "is" -> is(members, field);
            case "in" -> in(members, field);
            case "contains" -> contains(members, field);
            case "startsWith" -> new Filter.StartsWith(field, text(members, "startsWith", path));
            case "exists" -> exists(members, field);
            default -> range(members, field, path);
        };
    }

    private static boolean isBound(String operator) {
        return operator.equals("from") || operator.equals("to");
    }

    private static Filter is(FieldReader<InvalidQueryException> members, Field field) {
        JsonNode value = required(members, "is");
        return value.isObject()
                ? ofUser(value, members.pathOf("is"), field, Comparison.IS)
                : new Filter.In(field, Set.of(value(value, members.pathOf("is"), field)));
    }

    private static Filter in(FieldReader<InvalidQueryException> members, Field field) {
        JsonNode list = required(members, "in");
        if (list.isObject()) {
            return ofUser(list, members.pathOf("in"), field, Comparison.IN);
        }
        Set<AttributeValue> values = new HashSet<>();
        for (JsonNode value : array(members, "in", MAX_VALUES)) {
            values.add(value(value, members.pathOf("in"), field));
        }
        return new Filter.In(field, values);
    }

    private static Filter contains(FieldReader<InvalidQueryException> members, Field field) {
        JsonNode value = required(members, "contains");
        String path = members.pathOf("contains");
        return value.isObject()
                ? ofUser(value, path, field, Comparison.CONTAINS)
                : new Filter.Contains(field, text(value, path));
    }

    private static Filter exists(FieldReader<InvalidQueryException> members, Field field) {
        JsonNode answer = required(members, "exists");
        if (!answer.isBoolean()) {
            throw bad(members.pathOf("exists"), "is true or false");
        }
        Filter exists = new Filter.Exists(field);
        return answer.booleanValue() ? exists : new Filter.Not(exists);
    }

    private static Filter range(
            FieldReader<InvalidQueryException> members, Field field, String path) {
        JsonNode from = members.find("from");
        JsonNode to = members.find("to");
        boolean numbers = (from != null && from.isNumber()) || (to != null && to.isNumber());
        if (!numbers || !field.isAttribute()) {
            return new Filter.During(
                    field,
                    QueryViolations.time(members, "from"),
                    QueryViolations.time(members, "to"));
        }
        if ((from != null && !from.isNumber()) || (to != null && !to.isNumber())) {
            throw bad(path, "has a number and a time as its bounds");
        }
        return new Filter.Between(
                field,
                from == null ? Double.NEGATIVE_INFINITY : number(from, members.pathOf("from")),
                to == null ? Double.POSITIVE_INFINITY : number(to, members.pathOf("to")));
    }

    private static Filter ofUser(JsonNode node, String path, Field field, Comparison comparison) {
        FieldReader<InvalidQueryException> members =
                QueryViolations.fields(node, path, Set.of("user"));
        return new Filter.OfUser(field, comparison, text(members, "user", path));
    }

    /** Reads a condition on the user's interactions. */
    static Filter interacted(JsonNode node, String path, EventTypes known) {
        FieldReader<InvalidQueryException> members =
                QueryViolations.fields(node, path, Set.of("types", "within"));
        Set<EventType> types = new HashSet<>();
        for (JsonNode type : array(members, "types", EventType.NUMBERS)) {
            types.add(type(text(type, members.pathOf("types")), members.pathOf("types"), known));
        }
        return new Filter.Interacted(types, within(members));
    }

    private static EventType type(String name, String path, EventTypes known) {
        EventType type = known.ofName(name).orElse(null);
        if (type == null) {
            throw new InvalidQueryException(
                    "unknown-type", "There is no event type " + QueryViolations.quoted(name) + ".");
        }
        if (type == EventType.IMPRESSION) {
            throw bad(path, "may not have impression, since an item shown is no interaction");
        }
        return type;
    }

    private static @Nullable Duration within(FieldReader<InvalidQueryException> members) {
        String text = members.text("within", TextRule.SINGLE_LINE, 64);
        if (text == null) {
            return null;
        }
        try {
            Duration within = Duration.parse(text);
            if (within.isPositive() && within.compareTo(MAX_WITHIN) <= 0) {
                return within;
            }
        } catch (DateTimeParseException | ArithmeticException malformed) {
            throw badWithin(members);
        }
        throw badWithin(members);
    }

    private static InvalidQueryException badWithin(FieldReader<InvalidQueryException> members) {
        return bad(
                members.pathOf("within"),
                "is a duration of days and smaller units, such as P30D or PT12H, up to P"
                        + MAX_WITHIN.toDays()
                        + "D");
    }

    private static AttributeValue value(JsonNode value, String path, Field field) {
        if (field.isAttribute() && value.isNumber()) {
            return AttributeValue.of(number(value, path));
        }
        if (field.isAttribute() && value.isBoolean()) {
            return AttributeValue.of(value.booleanValue());
        }
        return AttributeValue.of(text(value, path));
    }

    private static double number(JsonNode value, String path) {
        double number = value.doubleValue();
        if (!AttributeValue.Numeric.accepts(number)) {
            throw bad(path, "is a number beyond the range of attributes");
        }
        return number;
    }

    private static String text(
            FieldReader<InvalidQueryException> members, String name, String path) {
        String text = members.text(name, TextRule.SINGLE_LINE, MAX_TEXT);
        if (text == null || text.isEmpty()) {
            throw bad(path, "needs a text as " + name);
        }
        return text;
    }

    private static String text(JsonNode value, String path) {
        return FieldReader.textOf(
                value, path, TextRule.SINGLE_LINE, MAX_TEXT, QueryViolations::report);
    }

    private static JsonNode required(FieldReader<InvalidQueryException> members, String name) {
        JsonNode value = members.find(name);
        if (value == null) {
            throw bad(members.pathOf(name), "is missing");
        }
        return value;
    }

    static List<JsonNode> array(FieldReader<InvalidQueryException> members, String name, int max) {
        return members.reportingBy(QueryViolations.withCodeIfMore("filter-too-large"))
                .array(name, max);
    }

    static InvalidQueryException bad(String path, String why) {
        return new InvalidQueryException("bad-filter", path + " " + why + ".");
    }
}

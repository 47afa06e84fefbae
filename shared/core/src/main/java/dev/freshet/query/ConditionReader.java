package dev.freshet.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.query.Filter.Comparison;
import dev.freshet.query.Filter.Field;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.Objects;
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
record ConditionReader(Members members, String path, Field field) {
    static final int MAX_VALUES = 100;
    static final int MAX_TEXT = 256;

    /** Longest age of an interaction. */
    static final Duration MAX_WITHIN = Duration.ofDays(3_660);

    private static final Set<String> MEMBERS =
            Set.of("field", "is", "in", "contains", "startsWith", "exists", "from", "to");

    /** A kind of fields: the operators of a condition on one, of which it has exactly one. */
    @SuppressWarnings("ImmutableEnumChecker") // the sets are unmodifiable
    private enum Kind {
        SINGLE(
                Set.of("is", "in", "startsWith", "exists"),
                "needs exactly one of is, in, startsWith and exists"),
        TAGS(
                Set.of("contains", "exists"),
                "needs exactly one of contains and exists, since tags hold several values"),
        TIME(Set.of("from", "to", "exists"), "needs from, to or both, or exists, and nothing else"),
        ATTRIBUTE(
                Set.of("is", "in", "contains", "startsWith", "exists", "from", "to"),
                "needs exactly one of is, in, contains, startsWith, exists, or from, to or both");

        private final Set<String> operators;
        private final String needs;

        Kind(Set<String> operators, String needs) {
            this.operators = operators;
            this.needs = needs;
        }

        private static Kind of(Field field) {
            return switch (field.name()) {
                case "itemId", "type", "group", "author" -> SINGLE;
                case "tags" -> TAGS;
                case "publishedAt" -> TIME;
                default -> {
                    if (field.isAttribute()) {
                        yield ATTRIBUTE;
                    }
                    throw new InvalidQueryException(
                            "unknown-filter-field",
                            "There is no field "
                                    + Members.quoted(field.name())
                                    + " to filter by; the fields are itemId, type, group, author,"
                                    + " tags, publishedAt and attributes.NAME.");
                }
            };
        }
    }

    /** Reads a condition on a field. */
    static Filter read(JsonNode node, String path) {
        Members members = Members.of(node, path, MEMBERS);
        String name = members.text("field", MAX_TEXT);
        if (name == null) {
            throw bad(path, "needs a field");
        }
        return new ConditionReader(members, path, new Field(name)).condition();
    }

    /** Reads the condition by the one operator that it has, or the two of a range. */
    private Filter condition() {
        Kind kind = Kind.of(field);
        Set<String> found = new HashSet<>(MEMBERS);
        found.removeIf(name -> name.equals("field") || !members.has(name));
        boolean isRange = Set.of("from", "to").containsAll(found);
        if (found.isEmpty()
                || (found.size() > 1 && !isRange)
                || !kind.operators.containsAll(found)
                || members.size() != 1 + found.size()) {
            throw bad(path, kind.needs);
        }
        return isRange ? range() : condition(found.iterator().next());
    }

    private Filter condition(String operator) {
        JsonNode value = Objects.requireNonNull(members.find(operator));
        String at = members.pathOf(operator);
        return switch (operator) {
            case "is" ->
                    value.isObject()
                            ? ofUser(value, at, Comparison.IS)
                            : new Filter.In(field, Set.of(value(value, at)));
            case "in" ->
                    value.isObject()
                            ? ofUser(value, at, Comparison.IN)
                            : new Filter.In(
                                    field,
                                    new HashSet<>(
                                            members.list(
                                                    operator,
                                                    MAX_VALUES,
                                                    "filter-too-large",
                                                    (one, _) -> value(one, at))));
            case "contains" ->
                    value.isObject()
                            ? ofUser(value, at, Comparison.CONTAINS)
                            : new Filter.Contains(field, Members.text(value, at, MAX_TEXT));
            case "startsWith" -> new Filter.StartsWith(field, text(members, operator, path));
            case "exists" -> {
                if (!value.isBoolean()) {
                    throw bad(at, "is true or false");
                }
                Filter exists = new Filter.Exists(field);
                yield value.booleanValue() ? exists : new Filter.Not(exists);
            }
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private Filter range() {
        JsonNode from = members.find("from");
        JsonNode to = members.find("to");
        boolean numbers = (from != null && from.isNumber()) || (to != null && to.isNumber());
        if (!numbers || !field.isAttribute()) {
            return new Filter.During(field, members.time("from"), members.time("to"));
        }
        if ((from != null && !from.isNumber()) || (to != null && !to.isNumber())) {
            throw bad(path, "has a number and a time as its bounds");
        }
        return new Filter.Between(
                field,
                from == null ? Double.NEGATIVE_INFINITY : number(from, members.pathOf("from")),
                to == null ? Double.POSITIVE_INFINITY : number(to, members.pathOf("to")));
    }

    private Filter ofUser(JsonNode node, String at, Comparison comparison) {
        Members user = Members.of(node, at, Set.of("user"));
        return new Filter.OfUser(field, comparison, text(user, "user", at));
    }

    private AttributeValue value(JsonNode value, String at) {
        if (field.isAttribute() && value.isNumber()) {
            return AttributeValue.of(number(value, at));
        }
        if (field.isAttribute() && value.isBoolean()) {
            return AttributeValue.of(value.booleanValue());
        }
        return AttributeValue.of(Members.text(value, at, MAX_TEXT));
    }

    private static double number(JsonNode value, String at) {
        double number = value.doubleValue();
        if (!AttributeValue.Numeric.accepts(number)) {
            throw bad(at, "is a number beyond the range of attributes");
        }
        return number;
    }

    private static String text(Members members, String name, String path) {
        String text = members.text(name, MAX_TEXT);
        if (text == null || text.isEmpty()) {
            throw bad(path, "needs a text as " + name);
        }
        return text;
    }

    /** Reads a condition on the user's interactions. */
    static Filter interacted(JsonNode node, String path, EventTypes known) {
        Members members = Members.of(node, path, Set.of("types", "within"));
        Set<EventType> types = new HashSet<>();
        for (String name :
                members.texts("types", EventType.NUMBERS, MAX_TEXT, "filter-too-large")) {
            types.add(QueryReader.type(name, known));
            if (types.contains(EventType.IMPRESSION)) {
                throw bad(
                        members.pathOf("types"),
                        "may not have impression, since an item shown is no interaction");
            }
        }
        return new Filter.Interacted(types, within(members));
    }

    private static @Nullable Duration within(Members members) {
        String text = members.word("within");
        if (text == null) {
            return null;
        }
        try {
            Duration within = Duration.parse(text);
            if (within.isPositive() && within.compareTo(MAX_WITHIN) <= 0) {
                return within;
            }
        } catch (DateTimeParseException | ArithmeticException malformed) {
            // answered below
        }
        throw bad(
                members.pathOf("within"),
                "is a duration of days and smaller units, such as P30D or PT12H, up to P"
                        + MAX_WITHIN.toDays()
                        + "D");
    }

    static InvalidQueryException bad(String path, String why) {
        return new InvalidQueryException("bad-filter", path + " " + why + ".");
    }
}

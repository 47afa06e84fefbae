package dev.freshet.query;

import static dev.freshet.query.InvalidQueryException.require;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A typed condition on an item, sent as a JSON tree: {@code {"all":[{"field":"type","is":"video"},
 * …]}}. A condition on a field does not hold for an item that lacks the field.
 */
public sealed interface Filter {
    Filter EVERYTHING = new All(List.of());

    /**
     * A factor for the items that match a filter.
     *
     * @param when the items to which the factor applies
     * @param factor 0.1 to 10; multiplies the odds of the item
     */
    record Boost(Filter when, double factor) {
        public Boost {
            require(
                    factor >= 0.1 && factor <= 10,
                    "boost-out-of-range",
                    "A boost's factor must be between 0.1 and 10.");
        }
    }

    /** Returns the number of nodes of a filter's tree, its root included. */
    static int nodes(Filter filter) {
        return switch (filter) {
            case All(List<Filter> parts) -> 1 + parts.stream().mapToInt(Filter::nodes).sum();
            case Any(List<Filter> parts) -> 1 + parts.stream().mapToInt(Filter::nodes).sum();
            case Not(Filter part) -> 1 + nodes(part);
            case Condition _, OfUser _, Interacted _ -> 1;
        };
    }

    /** Returns whether a condition is about the user whom the list is for. */
    static boolean namesUser(Filter filter) {
        return switch (filter) {
            case All(List<Filter> parts) -> parts.stream().anyMatch(Filter::namesUser);
            case Any(List<Filter> parts) -> parts.stream().anyMatch(Filter::namesUser);
            case Not(Filter part) -> namesUser(part);
            case OfUser _, Interacted _ -> true;
            case Condition _ -> false;
        };
    }

    /** True if every part is true; the empty conjunction is true. */
    record All(List<Filter> parts) implements Filter {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** True if any part is true; the empty disjunction is false. */
    record Any(List<Filter> parts) implements Filter {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    record Not(Filter part) implements Filter {}

    /** A condition on one field of the item, whoever the list is for. */
    sealed interface Condition extends Filter {
        Field field();
    }

    /**
     * True if the field equals one of the values: a text a text, a number a number. Never true for
     * a field that holds several.
     */
    record In(Field field, Set<AttributeValue> values) implements Condition {
        public In {
            values = Set.copyOf(values);
        }

        /** Returns the condition that a field is one of some texts. */
        public static In texts(Field field, Set<String> texts) {
            return new In(
                    field, texts.stream().map(AttributeValue::of).collect(Collectors.toSet()));
        }
    }

    /** True if the field, which holds several texts, has one of these among them. */
    record Contains(Field field, Set<String> values) implements Condition {
        public Contains {
            values = Set.copyOf(values);
        }

        public Contains(Field field, String value) {
            this(field, Set.of(value));
        }
    }

    /** True if the field is a text that begins with the prefix. */
    record StartsWith(Field field, String prefix) implements Condition {}

    /** True if the item has the field; a field of several texts, at least one of them. */
    record Exists(Field field) implements Condition {}

    /**
     * True if the field is a number at or above {@code from} and below {@code to}.
     *
     * @param from −∞ for an open range
     * @param to ∞ for an open range
     */
    record Between(Field field, double from, double to) implements Condition {}

    /**
     * True if the field is a time at or after {@code from} and before {@code to}; a null bound is
     * open. A text attribute is a time if it is a date, or a date and time with an offset, of RFC
     * 3339; a date is the beginning of its day in UTC.
     */
    record During(Field field, @Nullable Instant from, @Nullable Instant to) implements Condition {}

    /** How a field is compared with an attribute of the user. */
    enum Comparison {
        /** The field equals the attribute, which is no list. */
        IS,
        /** The field equals the attribute, or one of its entries. */
        IN,
        /** The field, which holds several texts, has the attribute, or one of its entries. */
        CONTAINS
    }

    /**
     * True if the field compares with an attribute of the user whom the list is for; not true
     * without such a user or attribute.
     *
     * @param attribute its name
     */
    record OfUser(Field field, Comparison comparison, String attribute) implements Filter {}

    /**
     * True if the user did one of these with the item. Only what is read of the user's history, and
     * the session of the request, counts.
     *
     * @param types empty for any type but impressions
     * @param within how long ago at most; null for any time
     */
    record Interacted(Set<EventType> types, @Nullable Duration within) implements Filter {
        public Interacted {
            types = Set.copyOf(types);
        }
    }

    /**
     * A field of an item, by its name in JSON.
     *
     * @param name itemId, type, group, author, tags, publishedAt, or {@code attributes.NAME}
     */
    record Field(String name) {
        public static final Field ITEM_ID = new Field("itemId");
        public static final Field TYPE = new Field("type");
        public static final Field GROUP = new Field("group");
        public static final Field AUTHOR = new Field("author");
        public static final Field TAGS = new Field("tags");
        public static final Field PUBLISHED_AT = new Field("publishedAt");
        public static final String ATTRIBUTE_PREFIX = "attributes.";

        public boolean isAttribute() {
            return name.startsWith(ATTRIBUTE_PREFIX) && name.length() > ATTRIBUTE_PREFIX.length();
        }

        /** Returns the name of the attribute. */
        public String attribute() {
            return name.substring(ATTRIBUTE_PREFIX.length());
        }
    }
}

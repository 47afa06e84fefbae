package dev.freshet.query;

import dev.freshet.attribute.AttributeValue;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A typed condition on an item, sent as a JSON tree: {@code {"all":[{"field":"type","is":"video"},
 * …]}}.
 */
public sealed interface Filter {
    Filter EVERYTHING = new All(List.of());

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

    /**
     * True if the field equals one of the values, in type and value; never true for a field that
     * holds several (tags, an attribute that is a list).
     *
     * @param values texts, except for an attribute, which also takes numbers and flags
     */
    record In(Field field, Set<AttributeValue> values) implements Filter {
        public In {
            values = Set.copyOf(values);
        }
    }

    /**
     * True if the multi-valued field, tags or an attribute that is a list, has this value among
     * others.
     */
    record Contains(Field field, String value) implements Filter {}

    /**
     * True if the publication time is at or after {@code from} and before {@code to}; a null bound
     * is open. False for an item without a publication time.
     */
    record Published(@Nullable Instant from, @Nullable Instant to) implements Filter {}

    /**
     * A field of an item, by its name in JSON.
     *
     * @param name itemId, type, group, author, tags, or {@code attributes.NAME}
     */
    record Field(String name) {
        public static final Field ITEM_ID = new Field("itemId");
        public static final Field TYPE = new Field("type");
        public static final Field GROUP = new Field("group");
        public static final Field AUTHOR = new Field("author");
        public static final Field TAGS = new Field("tags");
        public static final String ATTRIBUTE_PREFIX = "attributes.";

        public boolean isAttribute() {
            return name.startsWith(ATTRIBUTE_PREFIX);
        }
    }
}

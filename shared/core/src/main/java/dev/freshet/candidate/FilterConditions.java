package dev.freshet.candidate;

import dev.freshet.attribute.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.model.item.ItemTable;
import dev.freshet.query.Filter;
import dev.freshet.query.Filter.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a filter, at most 256, each with one bit; by field and value, so that a lookup
 * of an item's value finds all conditions that hold for it.
 */
final class FilterConditions {
    private final Map<String, long[]> itemIds = new HashMap<>();
    private final Map<String, long[]> types = new HashMap<>();
    private final Map<String, long[]> groups = new HashMap<>();
    private final Map<String, long[]> authors = new HashMap<>();
    private final Map<String, long[]> tags = new HashMap<>();
    private final Map<String, AttributeConditions> attributes = new HashMap<>();
    private final List<Range> ranges = new ArrayList<>();
    private @Nullable NavigableMap<Instant, long[]> published;
    private int count;

    private record Range(Filter.Published bounds, int condition) {}

    /** The conditions on one attribute: on its single value, and on the entries of its list. */
    private record AttributeConditions(
            Map<AttributeValue, long[]> values, Map<String, long[]> entries) {
        AttributeConditions() {
            this(new HashMap<>(), new HashMap<>());
        }

        /** Sets the bits of the conditions that hold and returns the number of lookups. */
        int look(@Nullable AttributeValue held, long[] truth) {
            if (held instanceof AttributeValue.Texts(List<String> texts)) {
                if (entries.isEmpty()) {
                    return 1;
                }
                texts.forEach(text -> set(truth, entries.get(text)));
                return texts.size();
            }
            if (held != null) {
                set(truth, values.get(held));
            }
            return 1;
        }
    }

    /** Adds a condition on a single-valued field and returns its number, from 0. */
    int add(Filter.In in) {
        int condition = next();
        if (in.field().isAttribute()) {
            Map<AttributeValue, long[]> values = attribute(in.field()).values;
            in.values().forEach(value -> mark(values, value, condition));
            return condition;
        }
        Map<String, long[]> values = values(in.field());
        for (AttributeValue value : in.values()) {
            if (value instanceof AttributeValue.Text(String text)) {
                mark(values, text, condition);
            }
        }
        return condition;
    }

    /** Adds a condition on a field of several values and returns its number, from 0. */
    int add(Filter.Contains contains) {
        int condition = next();
        if (contains.field().equals(Field.TAGS)) {
            mark(tags, contains.value(), condition);
        } else if (contains.field().isAttribute()) {
            mark(attribute(contains.field()).entries, contains.value(), condition);
        }
        return condition;
    }

    private AttributeConditions attribute(Field field) {
        return attributes.computeIfAbsent(
                field.name().substring(Field.ATTRIBUTE_PREFIX.length()),
                name -> new AttributeConditions());
    }

    /** Adds a condition on the publication time and returns its number, from 0. */
    int add(Filter.Published bounds) {
        int condition = next();
        ranges.add(new Range(bounds, condition));
        published = null;
        return condition;
    }

    private int next() {
        if (count == FilterNode.MAX_WORDS * Long.SIZE) {
            throw new IllegalArgumentException("a filter has at most " + count + " conditions");
        }
        return count++;
    }

    /** Returns the values of a field; those of a field that holds several are never looked up. */
    private Map<String, long[]> values(Field field) {
        return switch (field.name()) {
            case "itemId" -> itemIds;
            case "type" -> types;
            case "group" -> groups;
            case "author" -> authors;
            default -> new HashMap<>();
        };
    }

    private static <K> void mark(Map<K, long[]> bits, K value, int condition) {
        bits.computeIfAbsent(value, unseen -> new long[FilterNode.MAX_WORDS])[
                        condition / Long.SIZE] |=
                1L << condition;
    }

    /**
     * Sets the bits of the conditions that hold for an item, and clears the others.
     *
     * @return the number of lookups
     */
    int evaluate(ItemTable items, int item, long[] truth) {
        Arrays.fill(truth, 0);
        Item known = items.properties(item);
        int lookups = 0;
        if (!itemIds.isEmpty()) {
            lookups += look(itemIds, items.id(item), truth);
        }
        lookups += look(types, known.type(), truth);
        lookups += look(groups, known.group(), truth);
        lookups += look(authors, known.author(), truth);
        if (!tags.isEmpty()) {
            for (String tag : known.tags()) {
                lookups += look(tags, tag, truth);
            }
        }
        lookups += lookAtAttributes(known.attributes(), truth);
        return lookups + lookAtTime(known.publishedAt(), truth);
    }

    private static int look(Map<String, long[]> values, @Nullable String value, long[] truth) {
        if (value == null || values.isEmpty()) {
            return 0;
        }
        set(truth, values.get(value));
        return 1;
    }

    private int lookAtAttributes(Map<String, AttributeValue> held, long[] truth) {
        int lookups = 0;
        if (attributes.size() <= held.size()) {
            for (Map.Entry<String, AttributeConditions> entry : attributes.entrySet()) {
                lookups += entry.getValue().look(held.get(entry.getKey()), truth);
            }
            return lookups;
        }
        for (Map.Entry<String, AttributeValue> entry : held.entrySet()) {
            AttributeConditions conditions = attributes.get(entry.getKey());
            lookups += conditions == null ? 1 : conditions.look(entry.getValue(), truth);
        }
        return lookups;
    }

    private int lookAtTime(@Nullable Instant at, long[] truth) {
        if (at == null || ranges.isEmpty()) {
            return 0;
        }
        NavigableMap<Instant, long[]> periods = published;
        if (periods == null) {
            periods = periods();
            published = periods;
        }
        Map.Entry<Instant, long[]> period = periods.floorEntry(at);
        set(truth, period == null ? null : period.getValue());
        return 1;
    }

    /**
     * Returns the conditions that hold between two neighbouring bounds, by the earlier bound; O(n²)
     * for n ranges.
     */
    private NavigableMap<Instant, long[]> periods() {
        NavigableMap<Instant, long[]> periods = new TreeMap<>();
        for (Range range : ranges) {
            periods.put(from(range), new long[FilterNode.MAX_WORDS]);
            periods.put(to(range), new long[FilterNode.MAX_WORDS]);
        }
        for (Range range : ranges) {
            Instant from = from(range);
            Instant to = to(range);
            if (from.isBefore(to)) {
                periods.subMap(from, to)
                        .keySet()
                        .forEach(start -> mark(periods, start, range.condition));
            }
        }
        return periods;
    }

    private static Instant from(Range range) {
        Instant from = range.bounds.from();
        return from == null ? Instant.MIN : from;
    }

    private static Instant to(Range range) {
        Instant to = range.bounds.to();
        return to == null ? Instant.MAX : to;
    }

    private static void set(long[] truth, long @Nullable [] bits) {
        if (bits != null) {
            for (int word = 0; word < truth.length; word++) {
                truth[word] |= bits[word];
            }
        }
    }
}

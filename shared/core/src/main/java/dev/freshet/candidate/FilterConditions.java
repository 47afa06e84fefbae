package dev.freshet.candidate;

import dev.freshet.candidate.FilterNode.ConditionBits;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.model.item.ItemTable;
import dev.freshet.query.Filter;
import dev.freshet.query.Filter.Field;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a filter, at most 256, each with one bit; by field and value, so that a lookup
 * of an item's value finds all conditions that hold for it. Conditions on the user are resolved
 * when they are added.
 */
final class FilterConditions {
    private final FilterUser user;
    private final Map<String, TextConditions> fields = new HashMap<>();
    private final Map<String, long[]> tags = new HashMap<>();
    private final Map<String, AttributeConditions> attributes = new HashMap<>();
    private final Map<String, long[]> interacted = new HashMap<>();
    private final RangeConditions<Instant> published =
            new RangeConditions<>(Instant.MIN, Instant.MAX);
    private long @Nullable [] hasTags;
    private long @Nullable [] hasTime;
    private @Nullable TextConditions itemIds;
    private @Nullable TextConditions types;
    private @Nullable TextConditions groups;
    private @Nullable TextConditions authors;
    private int count;

    FilterConditions(FilterUser user) {
        this.user = user;
    }

    /**
     * Adds a condition and returns its number, from 0.
     *
     * @param condition no filter of parts
     */
    int add(Filter condition) {
        if (count == FilterNode.MAX_WORDS * Long.SIZE) {
            throw new IllegalArgumentException("a filter has at most " + count + " conditions");
        }
        int number = count++;
        mark(condition, number);
        return number;
    }

    private void mark(Filter condition, int number) {
        switch (condition) {
            case Filter.In(Field field, Set<AttributeValue> values) ->
                    values.forEach(value -> markEqual(field, value, number));
            case Filter.StartsWith(Field field, String prefix) -> {
                if (field.isAttribute()) {
                    attribute(field).addPrefix(prefix, number);
                } else {
                    text(field).addPrefix(prefix, number);
                }
            }
            case Filter.Contains(Field field, Set<String> values) -> {
                if (field.isAttribute()) {
                    attribute(field).addContains(values, number);
                } else if (field.equals(Field.TAGS)) {
                    values.forEach(
                            tag -> ConditionBits.mark(TextConditions.bits(tags, tag), number));
                }
            }
            case Filter.Exists(Field field) -> markExists(field, number);
            case Filter.Between(Field field, double from, double to) ->
                    attribute(field).addBetween(from, to, number);
            case Filter.During(Field field, Instant from, Instant to) -> {
                if (field.isAttribute()) {
                    attribute(field).addDuring(from, to, number);
                } else {
                    published.add(from, to, number);
                }
            }
            case Filter.OfUser comparison ->
                    user.resolved(comparison).ifPresent(resolved -> mark(resolved, number));
            case Filter.Interacted actions ->
                    user.items(actions)
                            .forEach(
                                    id ->
                                            ConditionBits.mark(
                                                    TextConditions.bits(interacted, id), number));
            case Filter.All _, Filter.Any _, Filter.Not _ ->
                    throw new IllegalArgumentException("not a single condition: " + condition);
        }
    }

    private void markEqual(Field field, AttributeValue value, int number) {
        if (field.isAttribute()) {
            attribute(field).addEqual(value, number);
        } else if (value instanceof AttributeValue.Text(String text)) {
            text(field).addEqual(text, number);
        }
    }

    private void markExists(Field field, int number) {
        if (field.isAttribute()) {
            attribute(field).addExists(number);
        } else if (field.equals(Field.TAGS)) {
            hasTags = marked(hasTags, number);
        } else if (field.equals(Field.PUBLISHED_AT)) {
            hasTime = marked(hasTime, number);
        } else {
            text(field).addExists(number);
        }
    }

    private static long[] marked(long @Nullable [] bits, int number) {
        long[] all = bits == null ? ConditionBits.none() : bits;
        ConditionBits.mark(all, number);
        return all;
    }

    private AttributeConditions attribute(Field field) {
        return attributes.computeIfAbsent(field.attribute(), name -> new AttributeConditions());
    }

    /** Returns the conditions of a field; those of a field that holds several are never asked. */
    private TextConditions text(Field field) {
        TextConditions conditions =
                fields.computeIfAbsent(field.name(), name -> new TextConditions());
        switch (field.name()) {
            case "itemId" -> itemIds = conditions;
            case "type" -> types = conditions;
            case "group" -> groups = conditions;
            case "author" -> authors = conditions;
            default -> {}
        }
        return conditions;
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
        if (itemIds != null || !interacted.isEmpty()) {
            String id = items.id(item);
            lookups += look(itemIds, id, truth);
            if (!interacted.isEmpty()) {
                ConditionBits.set(truth, interacted.get(id));
                lookups++;
            }
        }
        lookups += look(types, known.type(), truth);
        lookups += look(groups, known.group(), truth);
        lookups += look(authors, known.author(), truth);
        lookups += lookAtTags(known, truth);
        lookups += lookAtAttributes(known.attributes(), truth);
        return lookups + lookAtTime(known.publishedAt(), truth);
    }

    private static int look(
            @Nullable TextConditions conditions, @Nullable String value, long[] truth) {
        return conditions == null ? 0 : conditions.look(value, truth);
    }

    private int lookAtTags(Item known, long[] truth) {
        if (hasTags != null && !known.tags().isEmpty()) {
            ConditionBits.set(truth, hasTags);
        }
        if (tags.isEmpty()) {
            return 0;
        }
        for (String tag : known.tags()) {
            ConditionBits.set(truth, tags.get(tag));
        }
        return known.tags().size();
    }

    private int lookAtAttributes(Map<String, AttributeValue> held, long[] truth) {
        int lookups = Math.min(attributes.size(), held.size());
        if (attributes.size() <= held.size()) {
            for (Map.Entry<String, AttributeConditions> named : attributes.entrySet()) {
                AttributeValue value = held.get(named.getKey());
                if (value != null) {
                    lookups += named.getValue().look(value, truth);
                }
            }
        } else {
            for (Map.Entry<String, AttributeValue> named : held.entrySet()) {
                AttributeConditions conditions = attributes.get(named.getKey());
                if (conditions != null) {
                    lookups += conditions.look(named.getValue(), truth);
                }
            }
        }
        return lookups;
    }

    private int lookAtTime(@Nullable Instant at, long[] truth) {
        if (at == null) {
            return 0;
        }
        ConditionBits.set(truth, hasTime);
        if (published.isEmpty()) {
            return 0;
        }
        published.look(at, truth);
        return 1;
    }
}

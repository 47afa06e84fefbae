package dev.freshet.candidate;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.model.item.ItemTable;
import dev.freshet.query.Filter;
import dev.freshet.query.Filter.Condition;
import dev.freshet.query.Filter.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The conditions of a filter, at most 256, each with one bit; by field and value, so that a lookup
 * of an item's value finds all conditions that hold for it. Conditions on the user are resolved
 * when they are added.
 */
final class FilterConditions {
    private final FilterUser user;
    private final Map<String, FieldConditions> fields = new HashMap<>();
    private final List<Lookup> lookups = new ArrayList<>();
    private final Map<String, FieldConditions> attributes = new HashMap<>();
    private int count;

    /** The lookup of an item's value of one field, of those that every item may have. */
    @FunctionalInterface
    private interface Lookup {
        /**
         * Adds the conditions that hold for an item.
         *
         * @param known what is known of the item, without its id
         * @return the number of lookups
         */
        int look(ItemTable items, int item, Item known, long[] truth);
    }

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
        switch (condition) {
            case Condition known -> of(known.field()).add(known, number);
            case Filter.OfUser comparison ->
                    user.resolved(comparison)
                            .ifPresent(known -> of(known.field()).add(known, number));
            case Filter.Interacted actions ->
                    of(Field.ITEM_ID)
                            .add(Filter.In.texts(Field.ITEM_ID, user.items(actions)), number);
            case Filter.All _, Filter.Any _, Filter.Not _ ->
                    throw new IllegalArgumentException("not a single condition: " + condition);
        }
        return number;
    }

    private FieldConditions of(Field field) {
        return field.isAttribute()
                ? attributes.computeIfAbsent(field.attribute(), _ -> new FieldConditions())
                : fields.computeIfAbsent(field.name(), this::ofOwn);
    }

    private FieldConditions ofOwn(String field) {
        FieldConditions conditions = new FieldConditions();
        lookups.add(
                switch (field) {
                    case "itemId" ->
                            (items, item, _, truth) -> conditions.look(items.id(item), truth);
                    case "type" -> (_, _, known, truth) -> conditions.look(known.type(), truth);
                    case "group" -> (_, _, known, truth) -> conditions.look(known.group(), truth);
                    case "author" -> (_, _, known, truth) -> conditions.look(known.author(), truth);
                    case "tags" -> (_, _, known, truth) -> conditions.look(known.tags(), truth);
                    case "publishedAt" ->
                            (_, _, known, truth) -> conditions.look(known.publishedAt(), truth);
                    default -> (_, _, _, _) -> 0;
                });
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
        int steps = 0;
        for (Lookup lookup : lookups) {
            steps += lookup.look(items, item, known, truth);
        }
        return attributes.isEmpty() ? steps : steps + lookAtAttributes(known.attributes(), truth);
    }

    /** Looks at each attribute of the filter or of the item, whichever are fewer. */
    private int lookAtAttributes(Map<String, AttributeValue> held, long[] truth) {
        int steps = Math.min(attributes.size(), held.size());
        if (attributes.size() <= held.size()) {
            for (Map.Entry<String, FieldConditions> named : attributes.entrySet()) {
                AttributeValue value = held.get(named.getKey());
                steps += value == null ? 0 : named.getValue().look(value, truth);
            }
        } else {
            for (Map.Entry<String, AttributeValue> named : held.entrySet()) {
                FieldConditions conditions = attributes.get(named.getKey());
                steps += conditions == null ? 0 : conditions.look(named.getValue(), truth);
            }
        }
        return steps;
    }
}

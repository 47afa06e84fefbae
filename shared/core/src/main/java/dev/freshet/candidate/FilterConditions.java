package dev.freshet.candidate;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.model.item.ItemTable;
import dev.freshet.query.Filter;
import dev.freshet.query.Filter.Condition;
import dev.freshet.query.Filter.Field;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a filter, at most 256, each with one bit; by field and value, so that a lookup
 * of an item's value finds all conditions that hold for it. Conditions on the user are resolved
 * when they are added.
 */
final class FilterConditions {
    private final FilterUser user;
    private final Map<String, FieldConditions> fields = new HashMap<>();
    private final Map<String, FieldConditions> attributes = new HashMap<>();
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
                : fields.computeIfAbsent(field.name(), _ -> new FieldConditions());
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
        for (Map.Entry<String, FieldConditions> field : fields.entrySet()) {
            Object value =
                    switch (field.getKey()) {
                        case "itemId" -> items.id(item);
                        case "type" -> known.type();
                        case "group" -> known.group();
                        case "author" -> known.author();
                        case "tags" -> known.tags().isEmpty() ? null : known.tags();
                        case "publishedAt" -> known.publishedAt();
                        default -> null;
                    };
            lookups += look(field.getValue(), value, truth);
        }
        return lookups + lookAtAttributes(known.attributes(), truth);
    }

    private static int look(
            @Nullable FieldConditions conditions, @Nullable Object value, long[] truth) {
        return conditions == null || value == null ? 0 : conditions.look(value, truth);
    }

    /** Looks at each attribute of the filter or of the item, whichever are fewer. */
    private int lookAtAttributes(Map<String, AttributeValue> held, long[] truth) {
        boolean few = attributes.size() <= held.size();
        int lookups = Math.min(attributes.size(), held.size());
        for (String name : few ? attributes.keySet() : held.keySet()) {
            lookups += look(attributes.get(name), held.get(name), truth);
        }
        return lookups;
    }
}

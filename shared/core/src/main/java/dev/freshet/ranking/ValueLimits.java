package dev.freshet.ranking;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.model.Model;
import dev.freshet.query.Filter.Field;
import dev.freshet.query.ListRules.Limit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many items of a list have each value of the limited fields, and so which items have no place
 * any more. Of a group one item is placed, unless a limit on groups says otherwise. Used by one
 * thread.
 */
final class ValueLimits {
    /** Variants of each other are not shown beside each other. */
    private static final Limit ONE_OF_A_GROUP = new Limit(Field.GROUP, 1);

    private final Model model;
    private final List<Counted> counted = new ArrayList<>();

    /** The values of one field, with those that have reached the limit. */
    private record Counted(Limit limit, Map<Object, Integer> placed, Set<Object> full) {}

    private ValueLimits(Model model) {
        this.model = model;
    }

    /** Returns limits beside which variants of each other may be shown. */
    static ValueLimits only(Model model, List<Limit> limits) {
        ValueLimits only = new ValueLimits(model);
        limits.forEach(only::add);
        return only;
    }

    ValueLimits(Model model, List<Limit> limits) {
        this(model);
        limits.forEach(this::add);
        if (limits.stream().noneMatch(limit -> limit.field().equals(Field.GROUP))) {
            add(ONE_OF_A_GROUP);
        }
    }

    private void add(Limit limit) {
        counted.add(new Counted(limit, new HashMap<>(), new HashSet<>()));
    }

    /** Returns whether one more item like this may be placed. */
    boolean allow(int item) {
        return reached(item) == null;
    }

    /** Returns the first limit that an item is beyond, or null. */
    @Nullable Limit reached(int item) {
        for (Counted each : counted) {
            if (!each.full.isEmpty()) {
                for (Object value : values(item, each.limit.field())) {
                    if (each.full.contains(value)) {
                        return each.limit;
                    }
                }
            }
        }
        return null;
    }

    /**
     * Counts an item.
     *
     * @return whether a value of it has reached its limit
     */
    boolean place(int item) {
        boolean reached = false;
        for (Counted each : counted) {
            for (Object value : values(item, each.limit.field())) {
                if (each.placed.merge(value, 1, Integer::sum) >= each.limit.max()) {
                    each.full.add(value);
                    reached = true;
                }
            }
        }
        return reached;
    }

    private List<?> values(int index, Field field) {
        Item item = model.items().item(index);
        return switch (field.name()) {
            case "type" -> List.of(item.type());
            case "group" -> of(item.group());
            case "author" -> of(item.author());
            case "tags" -> item.tags();
            default -> {
                AttributeValue value = item.attributes().get(field.attribute());
                yield value instanceof AttributeValue.Texts(List<String> texts) ? texts : of(value);
            }
        };
    }

    private static List<?> of(@Nullable Object value) {
        return value == null ? List.of() : List.of(value);
    }
}

package dev.freshet.candidate;

import dev.freshet.model.item.ItemTable;
import dev.freshet.query.Filter;
import java.util.List;

/**
 * A filter prepared for the items of one model: each value that a condition names leads to the bits
 * of the conditions that hold for it, and the tree is a few operations on these bits. Compiled once
 * a request; used by one thread.
 *
 * <p>Cost: a lookup for each single-valued field that the filter names, for each tag, and for each
 * attribute of the item or of the filter, whichever are fewer, and a visit to each inner node of
 * the tree that is left after nested nodes of one kind are merged. How many values a condition has,
 * and how many conditions a field has, does not matter. Each of these is a step; after {@value
 * #MAX_STEPS} of them no further item is examined.
 */
public final class CompiledFilter {
    /**
     * Steps after which no further item is examined, which bounds the processor time of a filter,
     * whatever its size and that of the catalogue: two steps for each of half a million items, or
     * 200 for each of 5,000.
     */
    public static final long MAX_STEPS = 1 << 20;

    /** One of the filters: at most 256 conditions, and the tree of operations on their bits. */
    private record Part(FilterConditions conditions, FilterNode root) {
        static Part of(Filter filter, FilterUser user) {
            FilterConditions conditions = new FilterConditions(user);
            return new Part(conditions, FilterNode.compile(filter, conditions));
        }
    }

    private final ItemTable items;
    private final FilterUser user;
    private final List<Part> parts;
    private final long[] truth;
    private final Budget budget;

    /** The steps of all filters of a request. */
    private static final class Budget {
        private long steps;
        private boolean exhausted;
    }

    /** Compiles a filter for the items of a model and nobody in particular. */
    public CompiledFilter(Filter filter, ItemTable items) {
        this(List.of(filter), FilterUser.NOBODY, items);
    }

    /**
     * Compiles filters all of which an item has to match. They share the steps.
     *
     * @param filters each as large as the filter of a request may be
     * @param user whose attributes and interactions the filters name
     */
    public CompiledFilter(List<Filter> filters, FilterUser user, ItemTable items) {
        this(filters, user, items, new Budget());
    }

    private CompiledFilter(List<Filter> filters, FilterUser user, ItemTable items, Budget budget) {
        this.items = items;
        this.user = user;
        this.budget = budget;
        this.parts =
                filters.stream()
                        .map(filter -> Part.of(filter, user))
                        .filter(part -> !part.root.holdsAlways())
                        .toList();
        this.truth = new long[FilterNode.MAX_WORDS];
    }

    /** Compiles another filter of the same request, which shares the steps with this one. */
    CompiledFilter sharing(Filter filter) {
        return new CompiledFilter(List.of(filter), user, items, budget);
    }

    /**
     * Returns whether an item matches the filters; false for every item once the steps are used up,
     * because an item that was not examined must not be shown.
     */
    public boolean test(int item) {
        for (Part part : parts) {
            if (budget.steps >= MAX_STEPS) {
                budget.exhausted = true;
                return false;
            }
            budget.steps += part.conditions.evaluate(items, item, truth) + part.root.nodes();
            if (!part.root.holds(truth)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the number of steps taken. */
    public long steps() {
        return budget.steps;
    }

    /** Returns whether an item was refused because the steps were used up. */
    public boolean exhausted() {
        return budget.exhausted;
    }
}

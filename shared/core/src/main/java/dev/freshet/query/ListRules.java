package dev.freshet.query;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of a list beside its filter and boosts.
 *
 * @param names of stored rules that are joined to these, in their order, ≤ {@value #MAX_NAMES}
 * @param limits ≤ {@value #MAX_LIMITS}
 * @param pins at most one for an item and a position, ≤ {@value #MAX_PINS}
 * @param promotions ≤ {@value #MAX_PROMOTIONS}, whose shares add up to at most 1
 * @param minScore the least chance of an item to be taken rather than the mean candidate, 0 (any)
 *     to 1, exclusive
 */
public record ListRules(
        List<String> names,
        List<Limit> limits,
        List<Pin> pins,
        List<Promotion> promotions,
        double minScore) {
    public static final int MAX_NAMES = 10;
    public static final int MAX_LIMITS = 10;
    public static final int MAX_PINS = 20;
    public static final int MAX_PROMOTIONS = 5;

    /** No rules. */
    public static final ListRules NONE =
            new ListRules(List.of(), List.of(), List.of(), List.of(), 0);

    /** Room for the rounding of shares that add up to 1. */
    private static final double ROUNDING = 1e-9;

    /**
     * The most items of a list that have the same value of a field. An item without the field is
     * not limited; one that holds several values counts for each.
     *
     * @param field type, author, group, tags or an attribute
     * @param max 1 to 100
     */
    public record Limit(Filter.Field field, int max) {
        public Limit {
            require(
                    max >= 1 && max <= RecommendationQuery.MAX_COUNT,
                    "limit-out-of-range",
                    "The max of a limit must be between 1 and 100.");
        }
    }

    /**
     * A place of an item.
     *
     * @param position 1 to 100
     */
    public record Pin(String itemId, int position) {
        public Pin {
            require(
                    position >= 1 && position <= RecommendationQuery.MAX_COUNT,
                    "pin-out-of-range",
                    "The position of a pin must be between 1 and 100.");
        }
    }

    /**
     * A share of places for the items that match a filter.
     *
     * @param share above 0, at most 1
     */
    public record Promotion(Filter filter, double share) {
        public Promotion {
            require(
                    share > 0 && share <= 1,
                    "share-out-of-range",
                    "The share of a promotion must be above 0 and at most 1.");
        }
    }

    public ListRules {
        names = List.copyOf(names);
        limits = List.copyOf(limits);
        pins = List.copyOf(pins);
        promotions = List.copyOf(promotions);
        require(
                minScore >= 0 && minScore < 1,
                "min-score-out-of-range",
                "minScore must be at least 0 and below 1.");
        Set<Object> fields = new HashSet<>();
        limits.forEach(
                limit ->
                        require(
                                fields.add(limit.field()),
                                "limit-twice",
                                "limits may name a field once."));
        Set<Object> pinned = new HashSet<>();
        pins.forEach(
                pin ->
                        require(
                                pinned.add(pin.itemId()) && pinned.add(pin.position()),
                                "pin-twice",
                                "pins may name an item once and a position once."));
        require(
                promotions.stream().mapToDouble(Promotion::share).sum() <= 1 + ROUNDING,
                "shares-above-one",
                "The shares of the promotions may add up to 1 at most.");
    }

    /** Returns the number of nodes of the trees of the promotions. */
    int nodes() {
        return promotions.stream().mapToInt(promotion -> Filter.nodes(promotion.filter())).sum();
    }

    /** Returns whether the rules change nothing. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    private static void require(boolean holds, String code, String detail) {
        if (!holds) {
            throw new InvalidQueryException(code, detail);
        }
    }
}

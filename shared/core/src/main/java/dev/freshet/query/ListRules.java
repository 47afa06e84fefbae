package dev.freshet.query;

import static dev.freshet.query.InvalidQueryException.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.json.Identifier;
import java.util.ArrayList;
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

    private static final Set<String> LIMITED = Set.of("type", "author", "group", "tags");

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

    /**
     * Reads the rules of a request, or of a stored rule, which names no others.
     *
     * @param filters reads all the trees of the document
     */
    static ListRules read(Members members, FilterReader filters) {
        Double minScore = members.number("minScore");
        List<String> names =
                members.texts("rules", MAX_NAMES, Identifier.MAX_LENGTH, "too-many-rules");
        return new ListRules(
                names.stream().distinct().toList(),
                members.list("limits", MAX_LIMITS, "too-many-limits", ListRules::limit),
                members.list("pins", MAX_PINS, "too-many-pins", ListRules::pin),
                members.list(
                        "promotions",
                        MAX_PROMOTIONS,
                        "too-many-promotions",
                        (element, path) -> promotion(element, path, filters)),
                minScore == null ? 0 : minScore);
    }

    private static Limit limit(JsonNode element, String path) {
        Members limit = Members.of(element, path, Set.of("field", "max"));
        String name = limit.text("field", ConditionReader.MAX_TEXT);
        Integer max = limit.whole("max");
        if (name == null || max == null) {
            throw missing(limit, "field", "max");
        }
        Filter.Field field = new Filter.Field(name);
        if (!LIMITED.contains(name) && !field.isAttribute()) {
            throw new InvalidQueryException(
                    "unknown-limit-field",
                    "There is no field "
                            + Members.quoted(name)
                            + " to limit; the fields are type, author, group, tags and"
                            + " attributes.NAME.");
        }
        return new Limit(field, max);
    }

    private static Pin pin(JsonNode element, String path) {
        Members pin = Members.of(element, path, Set.of("itemId", "position"));
        String itemId = pin.identifier("itemId", Identifier.ANY);
        Integer position = pin.whole("position");
        if (itemId == null || position == null) {
            throw missing(pin, "itemId", "position");
        }
        return new Pin(itemId, position);
    }

    private static Promotion promotion(JsonNode element, String path, FilterReader filters) {
        Members promotion = Members.of(element, path, Set.of("filter", "share"));
        JsonNode filter = promotion.find("filter");
        Double share = promotion.number("share");
        if (filter == null || share == null) {
            throw missing(promotion, "filter", "share");
        }
        return new Promotion(filters.read(filter, promotion.pathOf("filter")), share);
    }

    private static InvalidQueryException missing(Members element, String one, String other) {
        return new InvalidQueryException(
                "missing-field",
                element.pathOf(one) + " and " + element.pathOf(other) + " are both needed.");
    }

    /** Returns the number of nodes of the trees of the promotions. */
    int nodes() {
        return promotions.stream().mapToInt(promotion -> Filter.nodes(promotion.filter())).sum();
    }

    /** Returns the names of the members that say something about places. */
    List<String> members() {
        List<String> given = new ArrayList<>();
        if (!limits.isEmpty()) {
            given.add("limits");
        }
        if (!pins.isEmpty()) {
            given.add("pins");
        }
        if (!promotions.isEmpty()) {
            given.add("promotions");
        }
        if (minScore > 0) {
            given.add("minScore");
        }
        return given;
    }

    /** Returns rules that are those of some names alone. */
    static ListRules named(List<String> names) {
        return new ListRules(
                names.stream().distinct().toList(), List.of(), List.of(), List.of(), 0);
    }

    /** Returns whether the rules change nothing. */
    public boolean isEmpty() {
        return equals(NONE);
    }
}

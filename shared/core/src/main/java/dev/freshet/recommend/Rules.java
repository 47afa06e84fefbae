package dev.freshet.recommend;

import dev.freshet.query.Filter;
import dev.freshet.query.Filter.Boost;
import dev.freshet.query.ListRequest;
import dev.freshet.query.ListRules;
import dev.freshet.query.ListRules.Limit;
import dev.freshet.query.ListRules.Pin;
import dev.freshet.query.ListRules.Promotion;
import dev.freshet.query.NamedRule;
import dev.freshet.query.RecommendationQuery;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rules of a request with those that it names. The request's own come first, then the named
 * ones in the order of their names in the request:
 *
 * <ul>
 *   <li>filters hold together, boosts multiply;
 *   <li>of limits of one field the lowest counts, of least scores the highest;
 *   <li>of pins of one item the first counts, and a pin to a position that is taken gets the next
 *       free one;
 *   <li>promotions follow each other, until their shares add up to 1.
 * </ul>
 *
 * @param filters of the named rules
 * @param boosts of the named rules
 * @param places the joined rules of places
 * @param problems codes of what was left out: {@code unknown-rule}, {@code rules-too-large}
 */
record Rules(List<Filter> filters, List<Boost> boosts, ListRules places, List<String> problems) {
    /** Most nodes of all trees of a request and of the rules that it names. */
    static final int MAX_NODES = 256;

    /**
     * Joins rules. A name that is not known is left out and reported, since a rule that was just
     * deleted must not break the pages that name it; so is one for whose trees there is no room.
     *
     * @throws dev.freshet.query.InvalidQueryException for a rule with a member that has no meaning
     *     for the list
     */
    static Rules of(ListRequest request, Map<String, NamedRule> known) {
        RecommendationQuery query = request.query();
        ListRules own = query.rules();
        if (own.names().isEmpty()) {
            return new Rules(List.of(), List.of(), own, List.of());
        }
        Set<String> problems = new LinkedHashSet<>();
        List<NamedRule> used = new ArrayList<>();
        int nodes = query.nodes();
        for (String name : own.names()) {
            NamedRule rule = known.get(name);
            if (rule == null) {
                problems.add("unknown-rule");
            } else if (nodes + rule.nodes() > MAX_NODES) {
                problems.add("rules-too-large");
            } else {
                request.check(rule);
                nodes += rule.nodes();
                used.add(rule);
            }
        }
        List<ListRules> all = new ArrayList<>(List.of(own));
        used.forEach(rule -> all.add(rule.rules()));
        return new Rules(
                used.stream().map(NamedRule::filter).toList(),
                used.stream().flatMap(rule -> rule.boosts().stream()).toList(),
                new ListRules(
                        own.names(),
                        limits(all),
                        pins(all),
                        promotions(all),
                        all.stream().mapToDouble(ListRules::minScore).max().orElse(0)),
                List.copyOf(problems));
    }

    private static List<Limit> limits(List<ListRules> all) {
        List<Limit> joined = new ArrayList<>();
        for (ListRules rules : all) {
            for (Limit limit : rules.limits()) {
                int at = 0;
                while (at < joined.size() && !joined.get(at).field().equals(limit.field())) {
                    at++;
                }
                if (at == joined.size()) {
                    joined.add(limit);
                } else if (limit.max() < joined.get(at).max()) {
                    joined.set(at, limit);
                }
            }
        }
        return joined;
    }

    private static List<Pin> pins(List<ListRules> all) {
        Map<Integer, Pin> joined = new TreeMap<>();
        Set<String> items = new LinkedHashSet<>();
        for (ListRules rules : all) {
            for (Pin pin : rules.pins()) {
                int position = pin.position();
                while (joined.containsKey(position)) {
                    position++;
                }
                if (position <= RecommendationQuery.MAX_COUNT && items.add(pin.itemId())) {
                    joined.put(position, new Pin(pin.itemId(), position));
                }
            }
        }
        return List.copyOf(joined.values());
    }

    private static List<Promotion> promotions(List<ListRules> all) {
        List<Promotion> joined = new ArrayList<>();
        double left = 1;
        for (ListRules rules : all) {
            for (Promotion promotion : rules.promotions()) {
                double share = Math.min(promotion.share(), left);
                if (share > 0) {
                    joined.add(new Promotion(promotion.filter(), share));
                    left -= share;
                }
            }
        }
        return joined;
    }
}

package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.CompiledFilter;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.Model;
import dev.freshet.model.item.ItemScores;
import dev.freshet.query.ListRules;
import dev.freshet.query.ListRules.Limit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rules of a list, resolved for the candidates of one request.
 *
 * @param limits the most items of a value
 * @param pins of items that are candidates, by position, each position once
 * @param promotions in the order in which they are served
 * @param minScore the least chance of an item to be taken rather than the mean candidate, 0 to 1
 * @param withheld given items that a filter withholds: they keep their place, but rules give them
 *     none and do not count them; empty in a list of recommendations
 * @param drop whether given items that limits and the least score hold back are left out; else they
 *     keep their place, and are named
 */
public record ResolvedRules(
        List<Limit> limits,
        List<PinnedItem> pins,
        List<Promoted> promotions,
        double minScore,
        Set<Integer> withheld,
        boolean drop) {
    /** No rules. */
    public static final ResolvedRules NONE =
            new ResolvedRules(List.of(), List.of(), List.of(), 0, Set.of(), false);

    private static final double HALF = 0.5;

    /** Promoted items that are looked for, per place that they are due. */
    private static final int PER_PLACE = 3;

    /**
     * An item with its place.
     *
     * @param item index into the model's items
     * @param position from 1
     */
    public record PinnedItem(int item, int position) {}

    /**
     * Items to which a share of the places goes.
     *
     * @param share above 0, at most 1
     */
    public record Promoted(CompiledFilter filter, double share) {
        /** Returns how many of the first places go to such items: the share, rounded. */
        public int due(int places) {
            return (int) Math.floor(share * places + HALF);
        }
    }

    /**
     * Resolves the rules of a list: adds pinned items to the candidates, and promoted ones where
     * there are too few.
     *
     * @param places length of the list
     */
    public static ResolvedRules of(
            ListRules rules, RequestContext request, Candidates candidates, int places) {
        if (rules.isEmpty()) {
            return NONE;
        }
        List<PinnedItem> pins =
                pins(
                        rules,
                        request,
                        pin ->
                                pin.position() <= places
                                        && candidates.addPinned(request, pin.item()) == null);
        List<Promoted> promotions = promotions(rules, request);
        for (Promoted promoted : promotions) {
            candidates.addMatching(request, promoted.filter(), PER_PLACE * promoted.due(places));
        }
        return new ResolvedRules(
                rules.limits(), pins, promotions, rules.minScore(), Set.of(), false);
    }

    /**
     * Resolves the rules of an order of given items: pins of other items have no effect, and no
     * promoted items are looked for.
     *
     * @param withheld as {@link #withheld()}
     * @param drop as {@link #drop()}
     */
    public static ResolvedRules ofGiven(
            ListRules rules, RequestContext request, Set<Integer> withheld, boolean drop) {
        return new ResolvedRules(
                rules.limits(),
                pins(rules, request, pin -> true),
                promotions(rules, request),
                rules.minScore(),
                withheld,
                drop);
    }

    /** Returns the pins of items that the model knows and that a condition lets pass. */
    private static List<PinnedItem> pins(
            ListRules rules, RequestContext request, Predicate<PinnedItem> condition) {
        return rules.pins().stream()
                .map(
                        pin ->
                                new PinnedItem(
                                        request.model().items().index(pin.itemId()),
                                        pin.position()))
                .filter(pin -> pin.item() >= 0 && condition.test(pin))
                .toList();
    }

    private static List<Promoted> promotions(ListRules rules, RequestContext request) {
        return rules.promotions().stream()
                .map(one -> new Promoted(request.compiled(one.filter()), one.share()))
                .toList();
    }

    /** Returns whether places are given to items by rules. */
    boolean givePlaces() {
        return !pins.isEmpty() || !promotions.isEmpty();
    }

    /**
     * Returns the chance that an item is taken rather than the mean candidate, if one of the two
     * is: the score is a log odds up to a constant, which the difference is free of.
     *
     * @param mean of the scores of all candidates
     */
    public static double chance(double score, double mean) {
        return 1 / (1 + Math.exp(mean - score));
    }

    /** Returns the first limit by which a list has no place for one more item. */
    public static Optional<Limit> reached(Model model, List<Limit> limits, int[] list, int item) {
        ValueLimits counted = new ValueLimits(model, limits);
        for (int placed : list) {
            counted.place(placed);
        }
        return limits.stream().filter(limit -> limit.equals(counted.reached(item))).findFirst();
    }

    /** Returns the mean score of all candidates. */
    public static double mean(ItemScores ranked) {
        double sum = 0;
        for (int rank = 0; rank < ranked.size(); rank++) {
            sum += ranked.score(rank);
        }
        return ranked.size() == 0 ? 0 : sum / ranked.size();
    }

    /** Returns the number of best candidates that reach the least chance. */
    public int eligible(ItemScores ranked) {
        int size = ranked.size();
        if (minScore > 0) {
            double mean = mean(ranked);
            while (size > 0 && chance(ranked.score(size - 1), mean) < minScore) {
                size--;
            }
        }
        return size;
    }
}

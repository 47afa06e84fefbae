package dev.freshet.ranking;

import dev.freshet.candidate.CompiledFilter;
import dev.freshet.model.Model;
import dev.freshet.model.item.ItemScores;
import dev.freshet.query.ListRules.Limit;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a list, prepared for the candidates of one request.
 *
 * @param limits the most items of a value
 * @param pins of items that are candidates, by position, each position once
 * @param promotions in the order in which they are served
 * @param minScore the least chance of an item to be taken rather than the mean candidate, 0 to 1
 */
public record PlaceRules(
        List<Limit> limits, List<PinnedItem> pins, List<Promoted> promotions, double minScore) {
    /** No rules. */
    public static final PlaceRules NONE = new PlaceRules(List.of(), List.of(), List.of(), 0);

    private static final double HALF = 0.5;

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

    public PlaceRules {
        limits = List.copyOf(limits);
        pins = List.copyOf(pins);
        promotions = List.copyOf(promotions);
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

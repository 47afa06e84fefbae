package dev.freshet.ranking;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.ranking.Exploration.Kind;
import dev.freshet.ranking.Exploration.Position;
import dev.freshet.ranking.ResolvedRules.PinnedItem;
import dev.freshet.ranking.ResolvedRules.Promoted;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The places of one list that rules give: those of pinned items, and those of promoted ones, which
 * are due whenever fewer of the places so far have gone to such items than their share. Used by one
 * thread.
 */
final class GivenPlaces {
    private final ItemScores ranked;
    private final int eligible;
    private final NavigableMap<Integer, Integer> pins = new TreeMap<>();
    private final List<Promoted> promotions;
    private final int[] placed;

    /**
     * Creates the places that rules give.
     *
     * @param places length of the list; pins of later positions have none
     */
    GivenPlaces(ResolvedRules rules, ItemScores ranked, int places) {
        this.ranked = ranked;
        eligible = rules.eligible(ranked);
        promotions = rules.promotions();
        placed = new int[promotions.size()];
        for (PinnedItem pin : rules.pins()) {
            int rank = rank(ranked, pin.item());
            if (rank >= 0 && pin.position() <= places) {
                pins.put(pin.position() - 1, rank);
            }
        }
    }

    private static int rank(ItemScores ranked, int item) {
        int rank = ranked.size() - 1;
        while (rank >= 0 && ranked.item(rank) != item) {
            rank--;
        }
        return rank;
    }

    /** Returns the number of best ranks that may have a place without being pinned. */
    int eligible() {
        return eligible;
    }

    /** Returns the ranks that are pinned and not placed yet, in the order of their positions. */
    int[] pinned() {
        return pins.values().stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Returns what rules give a position to, or null.
     *
     * @param taken ranks that have a place or are pinned
     */
    @Nullable Position next(DiversePool pool, IntIndex taken, int at) {
        Integer pinned = pins.remove(at);
        if (pinned != null) {
            return new Position(pinned, 1, Kind.PINNED);
        }
        for (int i = 0; i < placed.length; i++) {
            Promoted promotion = promotions.get(i);
            if (placed[i] < promotion.due(at + 1)) {
                int rank = best(promotion, pool, taken);
                if (rank >= 0) {
                    return new Position(rank, 1, Kind.PROMOTED);
                }
            }
        }
        return null;
    }

    /** Returns the pin of the next position where nothing else is left for those before it. */
    @Nullable Position nextPin() {
        Map.Entry<Integer, Integer> first = pins.pollFirstEntry();
        return first == null ? null : new Position(first.getValue(), 1, Kind.PINNED);
    }

    /** Counts a rank that has a place. */
    void place(int rank) {
        for (int i = 0; i < placed.length; i++) {
            placed[i] += promotions.get(i).filter().test(ranked.item(rank)) ? 1 : 0;
        }
    }

    /** Returns the best open rank that is promoted: of the pool if there is one; else −1. */
    private int best(Promoted promotion, DiversePool pool, IntIndex taken) {
        int best = -1;
        double highest = Double.NEGATIVE_INFINITY;
        for (int rank = 0; rank < eligible && (best < 0 || rank < pool.size()); rank++) {
            double worth = rank < pool.size() ? pool.worth(rank) : Double.NEGATIVE_INFINITY;
            if ((best < 0 || worth > highest)
                    && taken.order(rank) < 0
                    && !pool.barred(rank)
                    && promotion.filter().test(ranked.item(rank))) {
                best = rank;
                highest = worth;
            }
        }
        return best;
    }
}

package dev.freshet.ranking;

import dev.freshet.model.Model;
import dev.freshet.model.item.ItemScores;
import java.util.Arrays;

/**
 * Chooses a list that is good as a whole, by maximal marginal relevance (Carbonell and Goldstein,
 * SIGIR 1998): each position goes to the item that is worth most in a {@link DiversePool}. Of items
 * that are variants of each other (same group) only the best is chosen, unless a limit says so.
 * Deterministic.
 *
 * <p>Cost: positions × pool comparisons.
 */
public final class Diversifier {
    /**
     * Items per position that are compared; lower ranks are used only where variants leave
     * positions empty.
     */
    private static final int POOL_PER_PLACE = 3;

    private static final int LEAST_POOL = 30;

    private Diversifier() {}

    /**
     * Chooses ranks.
     *
     * @param ranked best first
     * @param diversity λ, 0 (by score alone) to 1
     * @param rules of which limits and the least chance apply
     * @return ranks into {@code ranked}, best position first, at most {@code places}
     */
    public static int[] choose(
            Model model, ItemScores ranked, int places, double diversity, ResolvedRules rules) {
        DiversePool pool =
                pool(model, ranked, ranked.scores(), places, diversity, rules, new int[0]);
        int[] chosen = new int[Math.min(places, pool.size())];
        int filled = 0;
        while (filled < chosen.length) {
            int best = pool.best();
            if (best < 0) {
                break;
            }
            pool.place(best);
            chosen[filled++] = best;
        }
        return Arrays.copyOf(chosen, filled);
    }

    /**
     * Returns the pool from which a list is chosen: a few ranks for each place, or all ranks where
     * variants of each other and limits would leave places empty.
     *
     * @param scores by rank, from which the worth of an item in the pool follows
     * @param first ranks that have a place before all others; they are placed
     */
    static DiversePool pool(
            Model model,
            ItemScores ranked,
            float[] scores,
            int places,
            double diversity,
            ResolvedRules rules,
            int[] first) {
        DiversePool pool =
                new DiversePool(
                        model,
                        ranked.items(),
                        scores,
                        poolSize(model, ranked, places, rules, first),
                        diversity,
                        new ValueLimits(model, rules.limits()));
        for (int rank : first) {
            pool.place(rank);
        }
        return pool;
    }

    /**
     * Returns the number of best ranks from which a list of so many places is chosen.
     *
     * @param first ranks that have a place before all others
     */
    public static int poolSize(
            Model model, ItemScores ranked, int places, ResolvedRules rules, int[] first) {
        int eligible = rules.eligible(ranked);
        int size = Math.min(eligible, Math.max(LEAST_POOL, POOL_PER_PLACE * places));
        ValueLimits limits = new ValueLimits(model, rules.limits());
        for (int rank : first) {
            limits.place(ranked.item(rank));
        }
        int different = first.length;
        for (int rank = 0; rank < size && different < places; rank++) {
            int item = ranked.item(rank);
            if (limits.allow(item) && indexOf(first, rank) < 0) {
                limits.place(item);
                different++;
            }
        }
        return different < places ? eligible : size;
    }

    private static int indexOf(int[] ranks, int rank) {
        int at = ranks.length - 1;
        while (at >= 0 && ranks[at] != rank) {
            at--;
        }
        return at;
    }
}

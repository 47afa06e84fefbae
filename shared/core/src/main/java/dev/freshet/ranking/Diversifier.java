package dev.freshet.ranking;

import dev.freshet.model.Model;
import dev.freshet.model.item.ItemScores;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Chooses a list that is good as a whole, by maximal marginal relevance (Carbonell and Goldstein,
 * SIGIR 1998): each position goes to the item that is worth most in a {@link DiversePool}. Of items
 * that are variants of each other (same group) only the best is chosen. Deterministic.
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

    /**
     * Chooses ranks.
     *
     * @param ranked best first
     * @param diversity λ, 0 (by score alone) to 1
     * @return ranks into {@code ranked}, best position first, at most {@code places}
     */
    public int[] choose(Model model, ItemScores ranked, int places, double diversity) {
        DiversePool pool = pool(model, ranked, places, diversity);
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
     * variants of each other would leave places empty.
     */
    static DiversePool pool(Model model, ItemScores ranked, int places, double diversity) {
        int size = poolSize(model, ranked, places);
        return new DiversePool(model, ranked.items(), ranked.scores(), size, diversity);
    }

    /** Returns the number of best ranks from which a list of so many places is chosen. */
    public static int poolSize(Model model, ItemScores ranked, int places) {
        int size = Math.min(ranked.size(), Math.max(LEAST_POOL, POOL_PER_PLACE * places));
        Set<String> groups = new HashSet<>();
        int different = 0;
        for (int rank = 0; rank < size && different < places; rank++) {
            String group = model.items().item(ranked.item(rank)).group();
            different += group == null || groups.add(group) ? 1 : 0;
        }
        return different < places ? ranked.size() : size;
    }
}

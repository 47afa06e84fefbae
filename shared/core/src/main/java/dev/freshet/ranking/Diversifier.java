package dev.freshet.ranking;

import dev.freshet.catalog.Item;
import dev.freshet.model.Model;
import dev.freshet.model.item.ItemScores;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses a list that is good as a whole, by maximal marginal relevance (Carbonell and Goldstein,
 * SIGIR 1998). Each position goes to the item with the highest (1 − λ) · relevance − λ · similarity
 * to the most similar item above it. Relevance is the score scaled to 0 … 1 over the pool;
 * similarity is the mean of the cosine of terms and the Jaccard index of tags. Of items that are
 * variants of each other (same group) only the best is chosen. Deterministic.
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
        int pool = Math.min(ranked.size(), Math.max(LEAST_POOL, POOL_PER_PLACE * places));
        int[] chosen = choose(model, ranked, pool, places, diversity);
        return chosen.length < places && pool < ranked.size()
                ? choose(model, ranked, ranked.size(), places, diversity)
                : chosen;
    }

    private static int[] choose(
            Model model, ItemScores ranked, int pool, int places, double diversity) {
        float[] likest = new float[pool];
        boolean[] gone = new boolean[pool];
        Set<String> groups = new HashSet<>();
        int[] chosen = new int[Math.min(places, pool)];
        int filled = 0;
        while (filled < chosen.length) {
            int best = best(ranked, likest, gone, diversity);
            if (best < 0) {
                break;
            }
            gone[best] = true;
            Item item = model.items().item(ranked.item(best));
            if (item.group() != null && !groups.add(item.group())) {
                continue;
            }
            chosen[filled++] = best;
            if (diversity > 0) {
                compare(model, ranked, best, likest, gone);
            }
        }
        return Arrays.copyOf(chosen, filled);
    }

    private static int best(ItemScores ranked, float[] likest, boolean[] gone, double diversity) {
        float top = ranked.score(0);
        float spread = top - ranked.score(gone.length - 1);
        int best = -1;
        double highest = Double.NEGATIVE_INFINITY;
        for (int rank = 0; rank < gone.length; rank++) {
            if (!gone[rank]) {
                double relevance = spread > 0 ? 1 - (top - ranked.score(rank)) / spread : 1;
                double worth = (1 - diversity) * relevance - diversity * likest[rank];
                if (worth > highest) {
                    highest = worth;
                    best = rank;
                }
            }
        }
        return best;
    }

    private static void compare(
            Model model, ItemScores ranked, int chosen, float[] likest, boolean[] gone) {
        for (int rank = 0; rank < gone.length; rank++) {
            if (!gone[rank]) {
                likest[rank] =
                        Math.max(
                                likest[rank],
                                likeness(model, ranked.item(chosen), ranked.item(rank)));
            }
        }
    }

    /** Returns the similarity of two items: 0 for nothing in common, 1 for equal terms and tags. */
    static float likeness(Model model, int one, int other) {
        float words = model.content().cosine(one, other);
        return (words + shared(model.items().item(one).tags(), model.items().item(other).tags()))
                / 2;
    }

    private static float shared(List<String> some, List<String> others) {
        int common = 0;
        for (String tag : some) {
            common += others.contains(tag) ? 1 : 0;
        }
        return common == 0 ? 0 : (float) common / (some.size() + others.size() - common);
    }
}

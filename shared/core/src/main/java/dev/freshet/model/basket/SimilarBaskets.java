package dev.freshet.model.basket;

import dev.freshet.model.history.Preferences;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The baskets that are most like a user: those to which the user's items give the most weight, as
 * in {@link CoOccurrence}. An item gives weight only where k other people hold it, so that no item
 * which one person alone holds leads to that person's basket. Baskets that do not count for others
 * yet are in no postings, and so in no group.
 *
 * <p>Cost: at most 100 × 200 postings are read.
 *
 * @param k number of people from which on an item gives weight, at least 1
 */
public record SimilarBaskets(Baskets baskets, BasketTables tables, int k) {
    /** The largest number of baskets that are returned. */
    public static final int MOST = 200;

    private record Weighed(int slot, double weight) {}

    /**
     * Returns the slots of the baskets with the most weight, heaviest first; of equal weights, by
     * pseudonym, since slots have no meaning of their own.
     *
     * @param own slots of the user's own baskets, which are left out
     */
    public int[] to(Preferences preferences, Set<Integer> own) {
        Map<Integer, Double> weights = new HashMap<>();
        for (int rank = 0; rank < preferences.size(); rank++) {
            int item = preferences.items()[rank];
            int others = baskets.holders().count(item) - holding(own, item);
            if (others < k) {
                continue;
            }
            double weight =
                    Math.sqrt(preferences.strengths()[rank])
                            * tables.history[rank]
                            * tables.source.of(others);
            for (int slot : baskets.postings(item)) {
                weights.merge(slot, weight, Double::sum);
            }
        }
        weights.keySet().removeAll(own);
        List<Weighed> heaviest = new ArrayList<>();
        weights.forEach((slot, weight) -> heaviest.add(new Weighed(slot, weight)));
        heaviest.sort(
                Comparator.comparingDouble(Weighed::weight)
                        .reversed()
                        .thenComparingLong(one -> baskets.keys().get(one.slot)));
        return heaviest.stream().limit(MOST).mapToInt(Weighed::slot).toArray();
    }

    /** Returns how many of the user's own baskets are among the holders of an item. */
    private int holding(Set<Integer> own, int item) {
        int holding = 0;
        for (int slot : own) {
            holding += baskets.holds(slot, item) ? 1 : 0;
        }
        return holding;
    }
}

package dev.freshet.model.basket;

import dev.freshet.example.ModelTime;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.Sums;
import dev.freshet.model.rows.TopN;

/**
 * Item co-occurrence, computed at query time from an index of baskets. Each of the user's items,
 * divided by popᵃ, gives weight to the baskets that hold it; the heaviest baskets, their weights
 * sharpened and divided by sizeᶜ, pass weight to their items, divided by popᵇ. pop is the number of
 * baskets that hold an item, size is the number of entries of a basket; a, b and c are defined in
 * {@link dev.freshet.model.settings.BasketSettings}. The order within a basket is not used here;
 * see {@link NextItems}.
 *
 * <p>Cost: at most 100 × 200 postings are read; then the {@value #HEAVIEST} heaviest baskets are
 * read, heaviest first, until {@value #ENTRIES_READ} entries have been read.
 *
 * <p>Scaling by both popularities follows item-based nearest neighbours (Deshpande, Karypis, 2004).
 * Reading baskets at query time, instead of keeping a table of pairs, makes an update O(1) and
 * leaves the exponents free.
 */
public final class CoOccurrence {
    /** The largest number of baskets that are read. */
    public static final int HEAVIEST = 500;

    /** No further basket is read once this many entries have been read. */
    public static final int ENTRIES_READ = 20_000;

    private final ItemTable items;
    private final Baskets baskets;
    private final BasketTables tables;

    /** Creates queries over baskets. */
    public CoOccurrence(ItemTable items, Baskets baskets, BasketTables tables) {
        this.items = items;
        this.baskets = baskets;
        this.tables = tables;
    }

    /**
     * Returns the items that co-occur with the user's, without the user's own and deleted items.
     * Scores are comparable within one result only.
     */
    public ItemScores related(Preferences preferences, int limit) {
        return top(scores(preferences), preferences, limit);
    }

    /**
     * Returns the items that co-occur with one item. Scores are comparable within one result only.
     */
    public ItemScores similar(int item, int limit) {
        Preferences one = Preferences.ofItem(item);
        return top(scores(one), one, limit);
    }

    /** Returns the number of baskets that hold an item with positive strength. */
    public int holders(int item) {
        return baskets.holders().get(item);
    }

    /**
     * Returns the contribution of each of the user's items to the scores of some items, by the
     * weight of the baskets in common. Reads ≤ 100 × 200 postings.
     *
     * @param scored the items whose scores are divided
     * @return by item of {@code scored}, then by rank in the preferences: shares that sum to one,
     *     or all zero where no basket is shared
     */
    public float[][] parts(Preferences preferences, SharedBaskets scored) {
        return parts(
                preferences, scored, (basket, item) -> tables.size(BasketEntries.size(basket)));
    }

    /**
     * Returns the contribution of each of the user's items to the scores of recent co-occurrence
     * ({@link CoOccurrenceScores#recent}) of some items.
     *
     * @param scored the items whose scores are divided
     * @param now a {@link ModelTime}
     * @return by item of {@code scored}, then by rank in the preferences: shares that sum to one,
     *     or all zero where no basket is shared
     */
    public float[][] parts(Preferences preferences, SharedBaskets scored, int now) {
        RecentCoOccurrence recent = new RecentCoOccurrence(now);
        return parts(preferences, scored, recent::share);
    }

    /** The score that a basket passes to one of its items, per unit of the basket's weight. */
    private interface Share {
        float of(int[] basket, int item);
    }

    private float[][] parts(Preferences preferences, SharedBaskets scored, Share share) {
        float[][] parts = new float[scored.size()][preferences.size()];
        for (int rank = 0; rank < preferences.size(); rank++) {
            float weight = sourceWeight(preferences, rank);
            for (int slot : baskets.postings(preferences.items()[rank])) {
                int order = scored.order(slot);
                if (order >= 0) {
                    int[] basket = baskets.basket(slot);
                    for (int p = scored.start(order); p < scored.start(order + 1); p++) {
                        int at = scored.at(p);
                        parts[at][rank] += weight * share.of(basket, scored.item(at));
                    }
                }
            }
        }
        for (float[] of : parts) {
            float sum = 0;
            for (float part : of) {
                sum += part;
            }
            for (int rank = 0; rank < of.length && sum > 0; rank++) {
                of[rank] /= sum;
            }
        }
        return parts;
    }

    /**
     * Co-occurrence scores of all items that share a basket with the user's items, including the
     * user's own and deleted items.
     *
     * @param scores scores over all time
     * @param recent scores over the recent days: popularity among users with items in common
     */
    public record CoOccurrenceScores(IntFloats scores, IntFloats recent) {
        private static final CoOccurrenceScores NOTHING =
                new CoOccurrenceScores(new IntFloats(1), new IntFloats(1));
    }

    /** Returns the scores over all time. */
    IntFloats scores(Preferences preferences) {
        return scores(preferences, ModelTime.NEVER).scores;
    }

    /**
     * Computes both kinds of scores in one pass over the baskets.
     *
     * @param now a {@link ModelTime}
     */
    public CoOccurrenceScores scores(Preferences preferences, int now) {
        if (preferences.isEmpty()) {
            return CoOccurrenceScores.NOTHING;
        }
        BasketScratch scratch = scratch();
        ItemScores chosen = heaviest(preferences, scratch.weights);
        RecentCoOccurrence recent = new RecentCoOccurrence(now);
        int read = 0;
        for (int rank = 0; rank < chosen.size() && read < ENTRIES_READ; rank++) {
            int[] basket = baskets.basket(chosen.item(rank));
            float weight = chosen.score(rank);
            int size = BasketEntries.size(basket);
            spread(basket, tables.sharpened(weight) * tables.size(size), scratch.scores);
            recent.spread(basket, weight, scratch.secondaryScores);
            read += size;
        }
        IntFloats scores = BasketScratch.drain(scratch.scores, baskets.holders(), tables.target());
        IntFloats late =
                BasketScratch.drain(
                        scratch.secondaryScores, baskets.holders(), BasketTables.Powers.ONE);
        scratch.release();
        return new CoOccurrenceScores(scores, late);
    }

    /**
     * Returns the slots of the baskets with the highest weight for the preferences, with their
     * weights.
     */
    private ItemScores heaviest(Preferences preferences, Sums weights) {
        for (int rank = 0; rank < preferences.size(); rank++) {
            int[] postings = baskets.postings(preferences.items()[rank]);
            float weight = sourceWeight(preferences, rank);
            weights.expect(postings.length);
            for (int at = postings.length - 1; at >= 0; at--) {
                weights.add(postings[at], weight);
            }
        }
        for (int item : preferences.disliked()) {
            float weight = -tables.dislike() * tables.source(holders(item));
            int[] postings = baskets.postings(item);
            weights.expect(postings.length);
            for (int slot : postings) {
                if (weights.get(slot) > 0) {
                    weights.add(slot, weight);
                }
            }
        }
        TopN heaviest = new TopN(Math.min(HEAVIEST, weights.size()));
        for (int order = 0; order < weights.size(); order++) {
            int slot = weights.key(order);
            float weight = weights.take(slot);
            if (weight > 0 && weight > heaviest.floor()) {
                heaviest.offer(slot, weight);
            }
        }
        weights.clear();
        return ItemScores.drain(heaviest);
    }

    private static void spread(int[] basket, float weight, Sums scores) {
        int size = BasketEntries.size(basket);
        scores.expect(size);
        for (int at = 0; at < size; at++) {
            if (BasketEntries.positive(basket, at)) {
                scores.add(BasketEntries.item(basket, at), weight);
            }
        }
    }

    /** Returns the sum of the weights of the user's items. */
    public float most(Preferences preferences) {
        float most = Float.MIN_NORMAL;
        for (int rank = 0; rank < preferences.size(); rank++) {
            most += preferences.weight(rank);
        }
        return most;
    }

    private float sourceWeight(Preferences preferences, int rank) {
        return (float) Math.sqrt(preferences.strengths()[rank])
                * tables.history(rank)
                * tables.source(holders(preferences.items()[rank]));
    }

    /** Returns the best of these scores, without the user's own and deleted items. */
    public ItemScores top(IntFloats scores, Preferences preferences, int limit) {
        return ItemScores.top(scores, preferences.own(), items, limit);
    }

    private BasketScratch scratch() {
        return BasketScratch.acquire(items.size(), baskets.keys().size());
    }
}

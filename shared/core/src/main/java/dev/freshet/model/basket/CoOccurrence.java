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
 * What goes together, by the basket index: the reader's items, each over popᵃ, give weight to the
 * baskets that hold them; the heaviest, sharpened and over sizeᶜ, give it on to their items, over
 * popᵇ. The order within a basket is {@link NextItems}' concern. pop is the number of baskets that
 * hold the item, size the basket's entries; a, b and c stand in {@link
 * dev.freshet.model.settings.BasketSettings}.
 *
 * <p>Cost: at most 100 × 200 postings are read, then of the {@value #HEAVIEST} heaviest baskets as
 * many, heaviest first, as have {@value #ENTRIES_READ} entries together.
 *
 * <p>The idea of scaling by both popularities is that of item-based nearest neighbours (Deshpande,
 * Karypis, 2004); reading it off baskets at the time of asking, instead of keeping pairs, makes an
 * update O(1) and leaves the exponents free.
 */
public final class CoOccurrence {
    public static final int HEAVIEST = 500;

    /** Baskets are no longer opened once so many entries were read. */
    public static final int ENTRIES_READ = 20_000;

    private final ItemTable items;
    private final Baskets baskets;
    private final BasketTables tables;

    public CoOccurrence(ItemTable items, Baskets baskets, BasketTables tables) {
        this.items = items;
        this.baskets = baskets;
        this.tables = tables;
    }

    /**
     * Items that go with the taste, without its own, without deleted ones; scores are comparable
     * within one answer only.
     */
    public ItemScores related(Preferences preferences, int limit) {
        return top(scores(preferences), preferences, limit);
    }

    /** Items that go with this one; scores likewise. */
    public ItemScores similar(int item, int limit) {
        Preferences one = Preferences.ofItem(item);
        return top(scores(one), one, limit);
    }

    /** In how many baskets the item stands with positive strength. */
    public int holders(int item) {
        return baskets.holders().get(item);
    }

    /**
     * Which of the reader's items give some items their scores: by the weight of the baskets in
     * common. Reads ≤ 100 × 200 postings.
     *
     * @return by item asked about, then by rank in the taste: parts that sum to one, or all zero
     *     where they share no basket
     */
    public float[][] parts(Preferences preferences, SharedBaskets asked) {
        return parts(preferences, asked, (basket, item) -> tables.size(BasketEntries.size(basket)));
    }

    /**
     * The same of what stands in those baskets lately.
     *
     * @param now as a {@link ModelTime}
     */
    public float[][] parts(Preferences preferences, SharedBaskets asked, int now) {
        RecentCoOccurrence recent = new RecentCoOccurrence(now);
        return parts(preferences, asked, recent::share);
    }

    /** What a basket gives an item that it holds, of each unit of the basket's weight. */
    private interface Share {
        float of(int[] basket, int item);
    }

    private float[][] parts(Preferences preferences, SharedBaskets asked, Share share) {
        float[][] parts = new float[asked.size()][preferences.size()];
        for (int rank = 0; rank < preferences.size(); rank++) {
            float weight = sourceWeight(preferences, rank);
            for (int slot : baskets.postings(preferences.items()[rank])) {
                int order = asked.order(slot);
                if (order >= 0) {
                    int[] basket = baskets.basket(slot);
                    for (int p = asked.start(order); p < asked.start(order + 1); p++) {
                        int at = asked.at(p);
                        parts[at][rank] += weight * share.of(basket, asked.item(at));
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
     * What was read off the baskets for a taste, its own and deleted items included.
     *
     * @param scores of every item that shares a basket with it
     * @param recent the same, of what stands in those baskets since the last days: what the
     *     like-minded meet just now
     */
    public record Read(IntFloats scores, IntFloats recent) {
        private static final Read NOTHING = new Read(new IntFloats(1), new IntFloats(1));
    }

    /** The scores alone. */
    IntFloats scores(Preferences preferences) {
        return read(preferences, ModelTime.NEVER).scores;
    }

    /**
     * Reads the baskets once for both.
     *
     * @param now as a {@link ModelTime}
     */
    public Read read(Preferences preferences, int now) {
        if (preferences.isEmpty()) {
            return Read.NOTHING;
        }
        BasketScratch scratch = scratch();
        ItemScores chosen = heaviest(preferences, scratch.weights);
        RecentCoOccurrence recent = new RecentCoOccurrence(now);
        int read = 0;
        for (int rank = 0; rank < chosen.size() && read < ENTRIES_READ; rank++) {
            int[] basket = baskets.basket(chosen.item(rank));
            float weight = chosen.score(rank);
            int size = BasketEntries.size(basket);
            spread(basket, tables.sharp(weight) * tables.size(size), scratch.scores);
            recent.spread(basket, weight, scratch.others);
            read += size;
        }
        IntFloats scores = BasketScratch.drain(scratch.scores, baskets.holders(), tables.target());
        IntFloats late =
                BasketScratch.drain(scratch.others, baskets.holders(), BasketTables.Powers.ONE);
        scratch.giveBack();
        return new Read(scores, late);
    }

    /** The baskets that share most with the taste, by slot, with their weights. */
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

    /** The weight that all of the reader's items have together. */
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

    public ItemScores top(IntFloats scores, Preferences preferences, int limit) {
        return ItemScores.top(scores, preferences.own(), items, limit);
    }

    private BasketScratch scratch() {
        return BasketScratch.take(items.size(), baskets.keys().size());
    }
}

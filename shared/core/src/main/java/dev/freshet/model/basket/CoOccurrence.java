package dev.freshet.model.basket;

import dev.freshet.example.ModelTime;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.Sums;
import dev.freshet.model.rows.TopN;
import java.util.Arrays;

/**
 * Item co-occurrence, computed at query time from an index of baskets. Each of the user's items,
 * divided by popᵃ, gives weight to the baskets that hold it; the heaviest baskets, their weights
 * sharpened and divided by sizeᶜ, pass weight to their items, divided by popᵇ. pop is the number of
 * baskets that hold an item, size is the number of entries of a basket; a, b and c are defined in
 * {@link dev.freshet.model.settings.BasketSettings}. The order within a basket is not used here;
 * see {@link NextItems}.
 *
 * <p>A pair of items counts only where at least k baskets that are read hold both: a basket passes
 * to each of its items only the weight of those of the user's items that the pair with it is
 * supported for ({@link PairSupport}).
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
    private final int k;

    /**
     * Creates queries over baskets.
     *
     * @param k number of people from which on a pair of items counts, at least 1
     */
    public CoOccurrence(ItemTable items, Baskets baskets, BasketTables tables, int k) {
        this.items = items;
        this.baskets = baskets;
        this.tables = tables;
        this.k = k;
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
        return parts(
                preferences,
                scored,
                (basket, item) -> {
                    int at = BasketEntries.find(basket, item);
                    return at < 0 ? 0 : recent.share(basket, at);
                });
    }

    /** The score that a basket passes to one of its items, per unit of the basket's weight. */
    private interface Share {
        float of(int[] basket, int item);
    }

    private float[][] parts(Preferences preferences, SharedBaskets scored, Share share) {
        float[][] parts = new float[scored.size()][preferences.size()];
        for (int rank = 0; rank < preferences.size(); rank++) {
            float weight = sourceWeight(preferences, rank);
            int[] sharedBaskets = new int[scored.size()];
            for (int slot : baskets.postings(preferences.items()[rank])) {
                int order = scored.order(slot);
                if (order >= 0) {
                    int[] basket = baskets.basket(slot);
                    for (int p = scored.start(order); p < scored.start(order + 1); p++) {
                        int at = scored.at(p);
                        parts[at][rank] += weight * share.of(basket, scored.item(at));
                        sharedBaskets[at]++;
                    }
                }
            }
            for (int at = 0; at < sharedBaskets.length; at++) {
                parts[at][rank] = sharedBaskets[at] < k ? 0 : parts[at][rank];
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
        Sources sources = new Sources(preferences);
        ItemScores chosen = heaviest(sources, scratch.weights);
        long[] held = sources.heldBy(chosen);
        RecentCoOccurrence recent = new RecentCoOccurrence(now);
        int read = 0;
        int opened = 0;
        PairSupport support = new PairSupport(k, sources.words);
        for (; opened < chosen.size() && read < ENTRIES_READ; opened++) {
            int[] basket = baskets.basket(chosen.item(opened));
            for (int at = 0; at < BasketEntries.size(basket) && k > 1; at++) {
                if (BasketEntries.positive(basket, at)) {
                    support.add(BasketEntries.item(basket, at), held, opened);
                }
            }
            read += BasketEntries.size(basket);
        }
        for (int rank = 0; rank < opened; rank++) {
            int[] basket = baskets.basket(chosen.item(rank));
            int size = BasketEntries.size(basket);
            float all = chosen.score(rank);
            float sharpened = tables.sharpened(all);
            scratch.scores.expect(size);
            scratch.secondaryScores.expect(size);
            for (int at = 0; at < size; at++) {
                int item = BasketEntries.item(basket, at);
                float weight =
                        BasketEntries.positive(basket, at)
                                ? sources.supported(item, support, held, rank, all)
                                : 0;
                if (weight > 0) {
                    float passed = weight == all ? sharpened : tables.sharpened(weight);
                    scratch.scores.add(item, passed * tables.size(size));
                    scratch.secondaryScores.add(item, weight * recent.share(basket, at));
                }
            }
        }
        IntFloats scores = BasketScratch.drain(scratch.scores, baskets.holders(), tables.target());
        IntFloats late =
                BasketScratch.drain(
                        scratch.secondaryScores, baskets.holders(), BasketTables.Powers.ONE);
        scratch.release();
        return new CoOccurrenceScores(scores, late);
    }

    /**
     * The items of a user that give weight to baskets: the liked ones, and after them the disliked
     * ones, whose weight is negative. Items that fewer than k people hold give none.
     */
    private final class Sources {
        private final int[] items;
        private final float[] weights;
        private final int liked;
        private final int words;

        Sources(Preferences preferences) {
            liked = preferences.size();
            items = Arrays.copyOf(preferences.items(), liked + preferences.disliked().length);
            System.arraycopy(
                    preferences.disliked(), 0, items, liked, preferences.disliked().length);
            weights = new float[items.length];
            words = (items.length + Long.SIZE - 1) / Long.SIZE;
            for (int source = 0; source < items.length; source++) {
                if (holders(items[source]) >= k) {
                    weights[source] =
                            source < liked
                                    ? sourceWeight(preferences, source)
                                    : -tables.dislike() * tables.source(holders(items[source]));
                }
            }
        }

        /** Returns, for each of these baskets, the set of sources that it holds. */
        private long[] heldBy(ItemScores chosen) {
            long[] sets = new long[chosen.size() * words];
            IntIndex slots = new IntIndex(chosen.size());
            for (int rank = 0; rank < chosen.size(); rank++) {
                slots.orderOrInsert(chosen.item(rank));
            }
            for (int source = 0; source < items.length; source++) {
                if (weights[source] != 0) {
                    for (int slot : baskets.postings(items[source])) {
                        int order = slots.order(slot);
                        if (order >= 0) {
                            sets[order * words + source / Long.SIZE] |= 1L << source;
                        }
                    }
                }
            }
            return sets;
        }

        /**
         * Returns the weight that a basket passes to one of its items: the sum over the sources
         * whose pairs with the item are supported.
         *
         * @param held the sets of sources of all baskets
         * @param basket number of the basket among them
         * @param all the basket's whole weight
         */
        private float supported(int item, PairSupport support, long[] held, int basket, float all) {
            if (k == 1) {
                return all;
            }
            float sum = 0;
            boolean whole = true;
            for (int word = 0; word < words; word++) {
                long own = held[basket * words + word];
                long rest = own & support.supported(item, word);
                whole &= rest == own;
                for (; rest != 0; rest &= rest - 1) {
                    sum += weights[word * Long.SIZE + Long.numberOfTrailingZeros(rest)];
                }
            }
            return whole ? all : sum;
        }
    }

    /** Returns the slots of the baskets with the highest weight, with their weights. */
    private ItemScores heaviest(Sources sources, Sums weights) {
        for (int source = 0; source < sources.items.length; source++) {
            float weight = sources.weights[source];
            int[] postings = baskets.postings(sources.items[source]);
            weights.expect(postings.length);
            for (int at = postings.length - 1; at >= 0 && weight != 0; at--) {
                if (source < sources.liked || weights.get(postings[at]) > 0) {
                    weights.add(postings[at], weight);
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

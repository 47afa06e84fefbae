package dev.freshet.model.basket;

import dev.freshet.example.ModelTime;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.DenseIndex;
import dev.freshet.model.rows.IntFloats;
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
 *
 * @param items of the model
 * @param baskets that are read
 * @param tables by which entries weigh
 * @param k number of people from which on a pair of items counts, at least 1
 */
public record CoOccurrence(ItemTable items, Baskets baskets, BasketTables tables, int k) {
    /** The largest number of baskets that are read. */
    public static final int HEAVIEST = 500;

    /** No further basket is read once this many entries have been read. */
    public static final int ENTRIES_READ = 20_000;

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
        return baskets.holders().count(item);
    }

    /**
     * The contribution of each of the user's items to the scores of some items, by scored item,
     * then by rank in the preferences: shares that sum to one, or all zero where no basket is
     * shared.
     *
     * @param scores of the scores over all time
     * @param recent of the scores over the recent days
     */
    public record Parts(float[][] scores, float[][] recent) {}

    /**
     * Returns the contribution of each of the user's items to the scores of some items, by the
     * weight of the baskets in common. Reads ≤ 100 × 200 postings.
     *
     * @param scored the items whose scores are divided, with these preferences' items
     * @param now a {@link ModelTime}
     */
    public Parts parts(Preferences preferences, SharedBaskets scored, int now) {
        PartsPassed passed = new PartsPassed(scored, new RecentCoOccurrence(now));
        float[][] parts = new float[scored.size()][preferences.size()];
        float[][] recent = new float[scored.size()][preferences.size()];
        int[] shared = new int[scored.size()];
        for (int rank = 0; rank < preferences.size(); rank++) {
            float weight = sourceWeight(preferences, rank);
            Arrays.fill(shared, 0);
            int[] postings = baskets.postings(preferences.items()[rank]);
            int[] orders = scored.orders(rank);
            for (int posting = 0; posting < orders.length; posting++) {
                int order = orders[posting];
                if (scored.holdsAny(order)) {
                    float share = passed.share(order, postings[posting]);
                    for (int p = scored.start(order); p < scored.start(order + 1); p++) {
                        int at = scored.at(p);
                        parts[at][rank] += weight * share;
                        recent[at][rank] += weight * passed.recent[p];
                        shared[at]++;
                    }
                }
            }
            for (int at = 0; at < shared.length; at++) {
                if (shared[at] < k) {
                    parts[at][rank] = 0;
                    recent[at][rank] = 0;
                }
            }
        }
        return new Parts(shares(parts), shares(recent));
    }

    /**
     * What baskets pass to the items that are scored, per unit of weight. A basket is opened when
     * it is first asked for, since several of the user's items share it.
     */
    private final class PartsPassed {
        private final SharedBaskets scored;
        private final RecentCoOccurrence coOccurrence;

        /** By basket, what it passes to each of its items; 0 until it is opened. */
        private final float[] shares;

        /** By position in {@link SharedBaskets#at}, what recent co-occurrence passes. */
        private final float[] recent;

        PartsPassed(SharedBaskets scored, RecentCoOccurrence coOccurrence) {
            this.scored = scored;
            this.coOccurrence = coOccurrence;
            shares = new float[scored.baskets()];
            recent = new float[scored.start(shares.length)];
        }

        float share(int order, int slot) {
            if (shares[order] == 0) {
                int[] basket = baskets.basket(slot);
                shares[order] = tables.size[BasketEntries.size(basket)];
                for (int p = scored.start(order); p < scored.start(order + 1); p++) {
                    int entry = BasketEntries.find(basket, scored.item(scored.at(p)));
                    recent[p] = entry < 0 ? 0 : coOccurrence.share(basket, entry);
                }
            }
            return shares[order];
        }
    }

    private static float[][] shares(float[][] parts) {
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
        BasketScratch scratch = BasketScratch.acquire(items.size(), baskets.keys().size());
        Sources sources = new Sources(preferences);
        ItemScores chosen = heaviest(sources, scratch.weights);
        BasketScratch.CommonItems common = scratch.common;
        BasketScratch.OpenedBaskets read = scratch.opened;
        read.open(baskets, chosen.items(), ENTRIES_READ);
        BasketScratch.EntriesRead entries = scratch.entries;
        read(read, common, entries);
        long[] held = sources.heldBy(chosen, scratch.slots);
        PairSupport support = new PairSupport(k, sources.words, common.size());
        if (k > 1) {
            support.addAll(entries, read.size(), held);
        }
        RecentCoOccurrence coOccurrence = new RecentCoOccurrence(now);
        float[] scores = new float[common.size()];
        float[] recent = new float[common.size()];
        for (int rank = 0; rank < read.size(); rank++) {
            float all = chosen.score(rank);
            float sharpened = tables.sharpened(all);
            int size = BasketEntries.size(read.get(rank));
            float share = tables.size[size];
            float recentShare = RecentCoOccurrence.rootShare(size);
            float weighed = all;
            float passed = sharpened;
            for (int entry = entries.start(rank); entry < entries.start(rank + 1); entry++) {
                int candidate = entries.candidate(entry);
                float weight = sources.supported(candidate, support, held, rank, all);
                if (weight > 0) {
                    if (weight != weighed) {
                        weighed = weight;
                        passed = weight == all ? sharpened : tables.sharpened(weight);
                    }
                    scores[candidate] += passed * share;
                    float decay = coOccurrence.decay(entries.lastInteractionAt(entry));
                    recent[candidate] += weight * (recentShare * decay);
                }
            }
        }
        CoOccurrenceScores found =
                new CoOccurrenceScores(
                        positive(common, scores, tables.target),
                        positive(common, recent, BasketTables.Powers.ONE));
        common.clear();
        scratch.release();
        return found;
    }

    /**
     * Reads the entries of positive strength, and numbers the items that at least k baskets hold:
     * no pair with another item is supported, and its entries are dropped.
     *
     * @param common empty before
     */
    private void read(
            BasketScratch.OpenedBaskets read,
            BasketScratch.CommonItems common,
            BasketScratch.EntriesRead entries) {
        entries.clear();
        for (int rank = 0; rank < read.size(); rank++) {
            int[] basket = read.get(rank);
            int size = BasketEntries.size(basket);
            common.expect(size);
            for (int at = 0; at < size; at++) {
                if (BasketEntries.positive(basket, at)) {
                    int item = BasketEntries.item(basket, at);
                    common.count(item);
                    entries.add(item, BasketEntries.lastInteractionAt(basket, at));
                }
            }
            entries.end(rank);
        }
        common.end(k);
        entries.number(read.size(), common);
    }

    /** Returns the positive ones of scores by number, each scaled by the item's holders. */
    private IntFloats positive(
            BasketScratch.CommonItems common, float[] scores, BasketTables.Powers scale) {
        int[] items = new int[scores.length];
        float[] values = new float[scores.length];
        int size = 0;
        for (int number = 0; number < scores.length; number++) {
            if (scores[number] > 0) {
                int item = common.item(number);
                items[size] = item;
                values[size++] = scores[number] * scale.of(holders(item));
            }
        }
        return IntFloats.ofDistinct(Arrays.copyOf(items, size), Arrays.copyOf(values, size));
    }

    /**
     * The items of a user that give weight to baskets: the liked ones, and after them the disliked
     * ones, whose weight is negative. Items that fewer than k people hold give none.
     */
    private final class Sources {
        private final int[] items;
        private final int[][] postings;
        private final float[] weights;
        private final int liked;
        private final int words;

        Sources(Preferences preferences) {
            liked = preferences.size();
            items = Arrays.copyOf(preferences.items(), liked + preferences.disliked().length);
            System.arraycopy(
                    preferences.disliked(), 0, items, liked, preferences.disliked().length);
            postings = new int[items.length][];
            for (int source = 0; source < items.length; source++) {
                postings[source] = baskets.postings(items[source]);
            }
            weights = new float[items.length];
            words = (items.length + Long.SIZE - 1) / Long.SIZE;
            for (int source = 0; source < items.length; source++) {
                if (holders(items[source]) >= k) {
                    weights[source] =
                            source < liked
                                    ? sourceWeight(preferences, source)
                                    : -tables.dislike() * tables.source.of(holders(items[source]));
                }
            }
        }

        /**
         * Returns, for each of these baskets, the set of sources that it holds.
         *
         * @param slots empty, before and afterwards
         */
        private long[] heldBy(ItemScores chosen, DenseIndex slots) {
            long[] sets = new long[chosen.size() * words];
            for (int rank = 0; rank < chosen.size(); rank++) {
                slots.orderOrInsert(chosen.item(rank));
            }
            for (int source = 0; source < items.length; source++) {
                if (weights[source] != 0) {
                    for (int slot : postings[source]) {
                        int order = slots.order(slot);
                        if (order >= 0) {
                            sets[order * words + source / Long.SIZE] |= 1L << source;
                        }
                    }
                }
            }
            slots.clear();
            return sets;
        }

        /**
         * Returns the weight that a basket passes to one of its items: the sum over the sources
         * whose pairs with the item are supported.
         *
         * @param candidate number of the item in {@code support}
         * @param held the sets of sources of all baskets
         * @param basket number of the basket among them
         * @param all the basket's whole weight
         */
        private float supported(
                int candidate, PairSupport support, long[] held, int basket, float all) {
            if (k == 1) {
                return all;
            }
            long missing = 0;
            for (int word = 0; word < words; word++) {
                missing |= held[basket * words + word] & ~support.supported(candidate, word);
            }
            if (missing == 0) {
                return all;
            }
            float sum = 0;
            for (int word = 0; word < words; word++) {
                long rest = held[basket * words + word] & support.supported(candidate, word);
                for (; rest != 0; rest &= rest - 1) {
                    sum += weights[word * Long.SIZE + Long.numberOfTrailingZeros(rest)];
                }
            }
            return sum;
        }
    }

    /** Returns the slots of the baskets with the highest weight, with their weights. */
    private ItemScores heaviest(Sources sources, Sums weights) {
        for (int source = 0; source < sources.items.length; source++) {
            float weight = sources.weights[source];
            int[] postings = sources.postings[source];
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
                * tables.history[rank]
                * tables.source.of(holders(preferences.items()[rank]));
    }

    /** Returns the best of these scores, without the user's own and deleted items. */
    private ItemScores top(IntFloats scores, Preferences preferences, int limit) {
        return ItemScores.top(scores, preferences.own(), items, limit);
    }
}

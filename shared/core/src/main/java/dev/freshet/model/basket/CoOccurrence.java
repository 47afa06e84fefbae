package dev.freshet.model.basket;

import dev.freshet.example.ModelTime;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.settings.ModelSettings;

/**
 * Item co-occurrence, computed at query time from an index of baskets. Each of the user's items,
 * divided by popᵃ, gives weight to the items that its holders hold too: the more, the more of them
 * do, each divided by sizeᶜ; what an item gets is divided by popᵇ. pop is the number of baskets
 * that hold an item, size is the number of entries of a basket; a, b and c are defined in {@link
 * dev.freshet.model.settings.BasketSettings}. The order within a basket is not used here; see
 * {@link NextItems}. Holders count in groups of k ({@link SupportCounts}), so that a pair of items
 * gives weight from k people on.
 *
 * <p>Cost: for each of at most 100 items the sums over its latest 200 holders, unless they are
 * known from before ({@link HolderLists}), whose baskets are read until {@value #ENTRIES_READ}
 * entries have been.
 *
 * <p>Scaling by both popularities follows item-based nearest neighbours (Deshpande, Karypis, 2004).
 *
 * @param items of the model
 * @param baskets that are read
 * @param tables by which entries weigh
 * @param k number of people from which on a pair of items counts, at least 1
 */
public record CoOccurrence(ItemTable items, Baskets baskets, BasketTables tables, int k) {
    /** No further basket is read about an item once this many entries have been read. */
    public static final int ENTRIES_READ = 10_000;

    /**
     * Returns the items that co-occur with one item. Scores are comparable within one result only.
     */
    public ItemScores similar(int item, int limit) {
        Preferences one = Preferences.ofItem(item);
        return ItemScores.top(scores(one), one.own(), items, limit);
    }

    /** Returns the number of baskets that hold an item with positive strength. */
    public int holders(int item) {
        return baskets.holders().count(item);
    }

    /**
     * The contribution of each of the user's items to the scores of some items, by scored item,
     * then by rank in the preferences: shares that sum to one, or all zero where there is no score.
     *
     * @param scores of the scores over all time
     * @param recent of the scores over the recent days
     */
    public record Parts(float[][] scores, float[][] recent) {}

    /**
     * Returns the contribution of each of the user's items to the scores of some items.
     *
     * @param scored the items whose scores are divided, distinct
     * @param now a {@link ModelTime}
     */
    public Parts parts(Preferences preferences, int[] scored, int now) {
        IntIndex orders = IntIndex.of(scored);
        float[][] parts = new float[scored.length][preferences.size()];
        float[][] recent = new float[scored.length][preferences.size()];
        BasketScratch scratch = BasketScratch.acquire(items.size(), k);
        for (int rank = 0; rank < preferences.size(); rank++) {
            float weight = sourceWeight(preferences, rank);
            Together with = together(preferences.items()[rank], scratch);
            with.all.addTo(parts, rank, orders, weight);
            with.recent.addTo(recent, rank, orders, weight * with.decay(now));
        }
        scratch.release();
        return new Parts(shares(parts), shares(recent));
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
     * Co-occurrence scores of all items that go with the user's items, including the user's own and
     * deleted items.
     *
     * @param scores scores over all time
     * @param recent scores over the recent days: popularity among users with items in common
     */
    public record CoOccurrenceScores(IntFloats scores, IntFloats recent) {}

    /** Returns the scores over all time. */
    IntFloats scores(Preferences preferences) {
        return scores(preferences, ModelTime.NEVER).scores;
    }

    /**
     * Computes both kinds of scores.
     *
     * @param now a {@link ModelTime}
     */
    public CoOccurrenceScores scores(Preferences preferences, int now) {
        BasketScratch scratch = BasketScratch.acquire(items.size(), k);
        for (int rank = 0; rank < preferences.size(); rank++) {
            add(preferences.items()[rank], sourceWeight(preferences, rank), now, scratch);
        }
        for (int item : preferences.disliked()) {
            add(item, -tables.dislike() * tables.source.of(holders(item)), now, scratch);
        }
        CoOccurrenceScores found =
                new CoOccurrenceScores(
                        BasketScratch.drain(
                                scratch.scores, baskets.holders().counts(), tables.target),
                        BasketScratch.drain(
                                scratch.secondaryScores,
                                baskets.holders().counts(),
                                BasketTables.Powers.ONE));
        scratch.release();
        return found;
    }

    private void add(int item, float weight, int now, BasketScratch scratch) {
        Together with = together(item, scratch);
        with.all.addTo(scratch.scores, weight);
        with.recent.addTo(scratch.secondaryScores, weight * with.decay(now));
    }

    /**
     * What goes with one item, before a weight of the item.
     *
     * @param all over all time
     * @param recent at the time {@code latest}
     * @param latest the latest time at which one of its holders interacted with any item
     */
    private record Together(
            SupportCounts.KAnonymousSums all, SupportCounts.KAnonymousSums recent, int latest)
            implements HolderLists.Sized {
        @Override
        public int numbers() {
            return all.numbers() + recent.sums().length;
        }

        /** Returns what is left of the recent sums by now. */
        float decay(int now) {
            return new RecentCoOccurrence(now).decay(latest);
        }
    }

    private Together together(int item, BasketScratch scratch) {
        BasketScratch.OpenedBaskets holders = scratch.opened;
        int[] postings = baskets.postings(item);
        holders.openLast(baskets, postings, postings.length);
        return HolderLists.SHARED.get(
                new HolderLists.Key(Together.class, item, tables, k),
                baskets,
                holders,
                () -> read(item, holders, scratch));
    }

    private Together read(int item, BasketScratch.OpenedBaskets holders, BasketScratch scratch) {
        SupportCounts sums = scratch.supported;
        int[] positions = new int[ModelSettings.BASKET_ENTRIES];
        int opened = 0;
        int latest = ModelTime.NEVER;
        for (int read = 0; opened < holders.size() && read < ENTRIES_READ; opened++) {
            int[] basket = holders.get(opened);
            read += BasketEntries.size(basket);
            for (int at = 0; at < BasketEntries.size(basket); at++) {
                latest = Math.max(latest, BasketEntries.lastInteractionAt(basket, at));
                if (BasketEntries.positive(basket, at)) {
                    sums.announce(BasketEntries.item(basket, at));
                }
            }
        }
        RecentCoOccurrence coOccurrence = new RecentCoOccurrence(latest);
        for (int number = opened - 1; number >= 0; number--) {
            int[] basket = holders.get(number);
            int size = BasketEntries.size(basket);
            float whole = tables.size[size];
            float share = RecentCoOccurrence.rootShare(size);
            int at = BasketEntries.find(basket, item);
            int found = sums.positions(basket, positions);
            for (int n = 0; n < found; n++) {
                int other = positions[n];
                if (other != at) {
                    float decay =
                            coOccurrence.decay(BasketEntries.lastInteractionAt(basket, other));
                    sums.addPair(basket, at, other, whole, share * decay);
                }
            }
        }
        SupportCounts.BothSums both = sums.releaseBoth();
        return new Together(both.first(), both.second(), latest);
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
}

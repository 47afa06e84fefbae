package dev.freshet.model.basket;

import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.settings.ModelSettings;

/**
 * Sequential co-occurrence, computed at query time from an index of baskets: the items that other
 * users interacted with right after, and right before, the user's latest items. For each of the
 * {@value #LATEST} latest items, the baskets that added it last are read, fewer for items further
 * back, and of each basket the {@value #WIDTH} entries on either side. An entry's score decreases
 * with its distance, with the rank and age of the user's item, and with the popularity of both
 * items ({@link dev.freshet.model.settings.BasketSettings}). An entry counts only where it is on
 * the same side of the user's item in at least k of the baskets that are read.
 *
 * <p>Cost: at most {@value #MAX_OPENED} baskets are read, of ≤ 200 entries each.
 *
 * <p>Session-based nearest neighbours are as accurate as recurrent networks: Ludewig, Jannach,
 * "Evaluation of session-based recommendation algorithms", 2018. The two sides have separate
 * scores, so that the blend can learn whether order matters: it does in a news stream, and hardly
 * does in a session of ratings.
 *
 * @param items of the model
 * @param baskets that are read
 * @param tables by which entries weigh
 * @param k number of people from which on a pair of items counts, at least 1
 */
public record NextItems(ItemTable items, Baskets baskets, BasketTables tables, int k) {
    /** The number of latest items that are used. */
    static final int LATEST = 10;

    /** The number of entries read on either side of an item. */
    public static final int WIDTH = 20;

    /** The largest number of baskets read for all items together. */
    public static final int MAX_OPENED = 900;

    /** The number of baskets read at least for an item, however far back it is. */
    private static final int LEAST_OPENED = 20;

    /**
     * Scores of the items adjacent to the user's latest items in other users' baskets.
     *
     * @param after scores of items that followed; 1 corresponds to one other user who went straight
     *     from the user's latest item to this one, where no other basket holds either item
     * @param before scores of items that preceded, in the same unit
     */
    public record AdjacentScores(IntFloats after, IntFloats before) {}

    /**
     * Returns the items that followed one item, without deleted items; scores are in the unit of
     * {@link AdjacentScores}.
     */
    public ItemScores after(int item, int limit) {
        Preferences one = Preferences.ofItem(item);
        return ItemScores.top(adjacentScores(one).after(), one.own(), items, limit);
    }

    /** Returns the scores of both sides, including the user's own and deleted items. */
    public AdjacentScores adjacentScores(Preferences preferences) {
        if (preferences.isEmpty()) {
            return new AdjacentScores(new IntFloats(1), new IntFloats(1));
        }
        BasketScratch scratch = BasketScratch.acquire(items.size(), k);
        long latest = preferences.epochSeconds()[0];
        int left = MAX_OPENED;
        for (int rank = 0; rank < Math.min(LATEST, preferences.size()); rank++) {
            int item = preferences.items()[rank];
            float weight =
                    tables.nextHistory(rank, latest - preferences.epochSeconds()[rank])
                            * tables.nextSource.of(holders(item));
            Adjacent adjacent = adjacent(item, Math.min(left, opened(rank)), scratch);
            adjacent.after.addTo(scratch.scores, weight);
            adjacent.before.addTo(scratch.secondaryScores, weight);
            left -= scratch.opened.size();
        }
        IntFloats after =
                BasketScratch.drain(scratch.scores, baskets.holders().counts(), tables.nextTarget);
        IntFloats before =
                BasketScratch.drain(
                        scratch.secondaryScores, baskets.holders().counts(), tables.nextTarget);
        scratch.release();
        return new AdjacentScores(after, before);
    }

    /** Returns what is adjacent to an item in the baskets that added it last. */
    private Adjacent adjacent(int item, int most, BasketScratch scratch) {
        BasketScratch.OpenedBaskets opened = scratch.opened;
        opened.openLast(baskets, baskets.postings(item), most);
        return HolderLists.SHARED.get(
                new HolderLists.Key(Adjacent.class, item, tables, k),
                baskets,
                opened,
                () -> read(item, opened, scratch));
    }

    /** What is adjacent to one item in baskets, before a weight of the item. */
    record Adjacent(SupportCounts.KAnonymousSums after, SupportCounts.KAnonymousSums before)
            implements HolderLists.Sized {
        @Override
        public int numbers() {
            return after.numbers() + before.numbers();
        }
    }

    private Adjacent read(int item, BasketScratch.OpenedBaskets opened, BasketScratch scratch) {
        SupportCounts after = scratch.supported;
        SupportCounts before = scratch.secondarySupported;
        for (int number = 0; number < opened.size(); number++) {
            int[] basket = opened.get(number);
            int at = BasketEntries.find(basket, item);
            int end = Math.min(BasketEntries.size(basket), at + WIDTH + 1);
            for (int other = at + 1; other < end; other++) {
                add(after, basket, at, other, tables.nextDistance[other - at - 1]);
            }
            for (int other = at - 1; other >= Math.max(0, at - WIDTH); other--) {
                add(before, basket, at, other, tables.nextDistance[at - other - 1]);
            }
        }
        return new Adjacent(after.release(1), before.release(1));
    }

    private static void add(SupportCounts side, int[] basket, int at, int other, float amount) {
        if (BasketEntries.positive(basket, other)) {
            side.addPair(basket, at, other, amount);
        }
    }

    /**
     * The contribution of each of the user's latest items to the scores of some items, before the
     * weight of the user's item and the popularity of the scored item. It has one rank more than
     * are used, which would be used if one of the latest items were missing.
     *
     * @param after contributions to items that followed, by scored item, then by rank
     * @param before contributions to items that preceded, by scored item, then by rank
     */
    public record Contributions(float[][] after, float[][] before) {}

    /**
     * Returns the contribution of each of the user's latest items to the scores of some items.
     * Reads what {@link #adjacentScores} does.
     *
     * @param scored the scored items, distinct
     */
    public Contributions contributions(Preferences preferences, int[] scored) {
        int ranks = Math.min(LATEST + 1, preferences.size());
        Contributions contributions =
                new Contributions(new float[scored.length][ranks], new float[scored.length][ranks]);
        IntIndex orders = IntIndex.of(scored);
        BasketScratch scratch = BasketScratch.acquire(items.size(), k);
        int left = MAX_OPENED;
        for (int rank = 0; rank < ranks; rank++) {
            int item = preferences.items()[rank];
            float weight = tables.nextSource.of(holders(item));
            int most = Math.min(left, opened(Math.min(rank, LATEST - 1)));
            Adjacent adjacent = adjacent(item, most, scratch);
            adjacent.after.addTo(contributions.after, rank, orders, weight);
            adjacent.before.addTo(contributions.before, rank, orders, weight);
            left -= rank < LATEST ? scratch.opened.size() : 0;
        }
        scratch.release();
        return contributions;
    }

    /**
     * Returns the weight of each of the user's latest items by rank, with one rank more, which is
     * 0.
     */
    public float[] weights(Preferences preferences) {
        float[] weights = new float[Math.min(LATEST + 1, preferences.size())];
        for (int rank = 0; rank < Math.min(LATEST, weights.length); rank++) {
            weights[rank] =
                    tables.nextHistory(
                            rank, preferences.epochSeconds()[0] - preferences.epochSeconds()[rank]);
        }
        return weights;
    }

    /**
     * Returns the weight of each of the user's latest items if one action were removed, by their
     * ranks with the action. Empty where the weights do not change, as for most actions.
     */
    public float[] weightsWithout(Preferences preferences, Ablation ablation) {
        if (ablation.isFollow()
                || ablation.rank() >= LATEST
                || ablation.newRank() == ablation.rank()) {
            return new float[0];
        }
        float[] weights = new float[Math.min(LATEST + 1, preferences.size())];
        int second = ablation.rank() == 0 ? 1 : 0;
        boolean staysLatest = ablation.newRank() == 0 || second >= preferences.size();
        long latest =
                staysLatest ? ablation.lastInteractionAt() : preferences.epochSeconds()[second];
        for (int rank = 0; rank < weights.length; rank++) {
            int now = rank > ablation.rank() && rank <= ablation.newRank() ? rank - 1 : rank;
            long since = preferences.epochSeconds()[rank];
            if (rank == ablation.rank()) {
                now = ablation.newRank();
                since = ablation.lastInteractionAt();
            }
            weights[rank] = now < LATEST ? tables.nextHistory(now, latest - since) : 0;
        }
        return weights;
    }

    /** Returns the number of baskets to read for the item of this rank. */
    private int opened(int rank) {
        return Math.max(
                LEAST_OPENED, Math.round(ModelSettings.POSTINGS * tables.nextHistory(rank, 0)));
    }

    private int holders(int item) {
        return baskets.holders().count(item);
    }
}

package dev.freshet.model.basket;

import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.settings.ModelSettings;

/**
 * What the latest holders of one item did with others, computed at query time from an index of
 * baskets. A score is released only where at least k of the baskets that are read have the pair in
 * that way.
 *
 * <p>Cost: at most 200 baskets are opened for an item. {@link #following} reads at most {@value
 * #WIDTH} entries of each; {@link #direct} reads them whole, until {@value #ENTRIES_READ} entries
 * were read.
 *
 * @param baskets that are read
 * @param k number of people from which on a pair of items counts, at least 1
 */
public record Transitions(Baskets baskets, int k) {
    /** The number of entries read behind an item. */
    public static final int WIDTH = 10;

    /** No further basket is read whole once this many entries have been. */
    public static final int ENTRIES_READ = 10_000;

    /** The number of entries read on either side of an item, whether it was liked or not. */
    public static final int EITHER_WIDTH = 20;

    /** The largest number of entries read for one item by {@link #either}. */
    public static final int MAX_EITHER = 2 * ModelSettings.POSTINGS * 2 * EITHER_WIDTH;

    /** Holders of both items that are assumed to be missing, so that few of them count less. */
    private static final float SHRINKAGE = 5;

    /** Returns by item the mean, over an item's latest holders, of one over its distance behind. */
    public IntFloats following(int item) {
        BasketScratch scratch = BasketScratch.of(baskets, k);
        BasketScratch.OpenedBaskets holders = open(item, scratch);
        SupportCounts.KAnonymousSums following =
                HolderLists.SHARED.get(
                        key(SupportCounts.KAnonymousSums.class, item),
                        baskets,
                        holders,
                        () -> readFollowing(item, holders, scratch.supported));
        scratch.release();
        return following.byItem();
    }

    private SupportCounts.KAnonymousSums readFollowing(
            int item, BasketScratch.OpenedBaskets holders, SupportCounts sums) {
        for (int number = 0; number < holders.size(); number++) {
            int[] basket = holders.get(number);
            int at = BasketEntries.find(basket, item);
            int end = Math.min(BasketEntries.size(basket), at + 1 + WIDTH);
            for (int other = at + 1; other < end; other++) {
                if (BasketEntries.positive(basket, other)) {
                    sums.addPair(basket, at, other, 1f / (other - at));
                }
            }
        }
        return released(sums, holders.size());
    }

    /** Returns whether anybody is known to have interacted with an item without liking it. */
    public boolean hasUnliked() {
        return baskets.holders().dislikes() > 0;
    }

    /**
     * Returns the scores of the items on either side of one, whether liked or not: a film that was
     * rated low was watched all the same, next to others. A score is the mean, over the latest
     * people who interacted with the item, of one over the distance of the other. Costs at most
     * {@value #MAX_EITHER} entries.
     */
    public NextItems.AdjacentScores either(int item) {
        int items = Math.max(baskets.holders().counts().size(), baskets.holders().unliked().size());
        BasketScratch scratch = BasketScratch.acquire(items, k);
        BasketScratch.OpenedBaskets people = scratch.opened;
        people.open(baskets, baskets.postings(item));
        people.openMore(baskets, baskets.unliked(item));
        NextItems.Adjacent adjacent =
                HolderLists.SHARED.get(
                        key(NextItems.Adjacent.class, item),
                        baskets,
                        people,
                        () -> readEither(item, people, scratch));
        scratch.release();
        return new NextItems.AdjacentScores(adjacent.after().byItem(), adjacent.before().byItem());
    }

    private NextItems.Adjacent readEither(
            int item, BasketScratch.OpenedBaskets people, BasketScratch scratch) {
        SupportCounts after = scratch.supported;
        SupportCounts before = scratch.secondarySupported;
        for (int number = 0; number < people.size(); number++) {
            int[] basket = people.get(number);
            int at = BasketEntries.find(basket, item);
            int end = Math.min(BasketEntries.size(basket), at + EITHER_WIDTH + 1);
            for (int other = at + 1; other < end; other++) {
                after.addPair(basket, at, other, 1f / (other - at));
            }
            for (int other = Math.max(0, at - EITHER_WIDTH); other < at; other++) {
                before.addPair(basket, at, other, 1f / (at - other));
            }
        }
        return new NextItems.Adjacent(
                released(after, people.size()), released(before, people.size()));
    }

    /**
     * What goes with one item.
     *
     * @param straight by item, the share of the one item's latest holders that went straight to it
     * @param both by item, how many of them hold it too
     * @param opened how many of them were read
     * @param holders by item, the number of its holders
     */
    public record Direct(IntFloats straight, IntFloats both, int opened, Ints holders) {
        /** Returns the share of the one item's latest holders that went straight to another. */
        public float straight(int item) {
            return straight.get(item);
        }

        /**
         * Returns the cosine of the holders of another item and those of the one, with {@code
         * SHRINKAGE}.
         */
        public float held(int item) {
            float people = both.get(item);
            if (people == 0) {
                return 0;
            }
            double product = (double) opened * holders.get(item);
            return (float) (people / (Math.sqrt(product) + SHRINKAGE));
        }
    }

    /**
     * What the latest holders of one item tell.
     *
     * @param straight by item, the share of them that went straight to it
     * @param both by item, how many of them hold it too
     * @param opened how many of them were read
     */
    private record Read(
            SupportCounts.KAnonymousSums straight, SupportCounts.KAnonymousSums both, int opened)
            implements HolderLists.Sized {
        @Override
        public int numbers() {
            return straight.numbers() + both.numbers();
        }
    }

    /** Returns what goes with one item. */
    public Direct direct(int item) {
        BasketScratch scratch = BasketScratch.of(baskets, k);
        BasketScratch.OpenedBaskets holders = open(item, scratch);
        Read read =
                HolderLists.SHARED.get(
                        key(Read.class, item),
                        baskets,
                        holders,
                        () -> readDirect(item, holders, scratch));
        scratch.release();
        return new Direct(
                read.straight.byItem(),
                read.both.byItem(),
                read.opened,
                baskets.holders().counts());
    }

    private Read readDirect(int item, BasketScratch.OpenedBaskets holders, BasketScratch scratch) {
        SupportCounts straight = scratch.supported;
        SupportCounts held = scratch.secondarySupported;
        int read = 0;
        int opened = 0;
        for (; opened < holders.size() && read < ENTRIES_READ; opened++) {
            int[] basket = holders.get(opened);
            int at = BasketEntries.find(basket, item);
            int size = BasketEntries.size(basket);
            for (int other = 0; other < size; other++) {
                if (other != at && BasketEntries.positive(basket, other)) {
                    held.addPair(basket, at, other, 1);
                    if (other == at + 1) {
                        straight.addPair(basket, at, other, 1);
                    }
                }
            }
            read += size;
        }
        return new Read(released(straight, opened), released(held, 1), opened);
    }

    private BasketScratch.OpenedBaskets open(int item, BasketScratch scratch) {
        int[] postings = baskets.postings(item);
        scratch.opened.openLast(baskets, postings, postings.length);
        return scratch.opened;
    }

    private HolderLists.Key key(Class<? extends HolderLists.Sized> kind, int item) {
        return new HolderLists.Key(kind, item, null, k);
    }

    private SupportCounts.KAnonymousSums released(SupportCounts sums, int over) {
        return sums.release(1f / Math.max(1, over));
    }
}

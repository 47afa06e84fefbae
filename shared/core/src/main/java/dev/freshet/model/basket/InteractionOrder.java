package dev.freshet.model.basket;

import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.settings.ModelSettings;

/**
 * What people interacted with after, and before, one item, whether they liked it or not, computed
 * at query time from an index of baskets: a film that was rated low was watched all the same, next
 * to others. A score is the mean, over the latest people who interacted with the item, of one over
 * the distance of the other; a pair counts only where it is in this order in at least k of the
 * baskets that are read.
 *
 * <p>Cost: at most {@value #MAX_READ} entries.
 *
 * @param baskets that are read
 * @param k number of people from which on a pair of items counts, at least 1
 */
public record InteractionOrder(Baskets baskets, int k) {
    /** The number of entries read on either side of an item. */
    public static final int WIDTH = 20;

    /** The largest number of entries read for one item, of baskets of either sign. */
    public static final int MAX_READ = 2 * ModelSettings.POSTINGS * 2 * WIDTH;

    /** Returns whether anybody is known to have interacted with an item without liking it. */
    public boolean hasUnliked() {
        return baskets.holders().dislikes() > 0;
    }

    /** Returns the scores of the items on either side of one item, liked or not. */
    public NextItems.AdjacentScores adjacent(int item) {
        int items = Math.max(baskets.holders().counts().size(), baskets.holders().unliked().size());
        BasketScratch scratch = BasketScratch.acquire(items, baskets.keys().size());
        BasketScratch.OpenedBaskets people = scratch.opened;
        people.open(baskets, baskets.postings(item), Integer.MAX_VALUE);
        people.openMore(baskets, baskets.unliked(item));
        NextItems.Adjacent adjacent =
                HolderLists.SHARED.get(
                        new HolderLists.Key(NextItems.Adjacent.class, item, null, k),
                        baskets,
                        people,
                        () -> read(item, people, scratch));
        scratch.release();
        return new NextItems.AdjacentScores(adjacent.after().byItem(), adjacent.before().byItem());
    }

    private NextItems.Adjacent read(
            int item, BasketScratch.OpenedBaskets people, BasketScratch scratch) {
        SupportCounts after = scratch.supported;
        SupportCounts before = scratch.secondarySupported;
        for (int number = 0; number < people.size(); number++) {
            int[] basket = people.get(number);
            int at = BasketEntries.find(basket, item);
            int end = Math.min(BasketEntries.size(basket), at + WIDTH + 1);
            for (int other = at + 1; other < end; other++) {
                after.add(BasketEntries.item(basket, other), 1f / (other - at));
            }
            for (int other = Math.max(0, at - WIDTH); other < at; other++) {
                before.add(BasketEntries.item(basket, other), 1f / (at - other));
            }
        }
        float each = 1f / Math.max(1, people.size());
        return new NextItems.Adjacent(after.release(k, each), before.release(k, each));
    }
}

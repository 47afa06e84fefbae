package dev.freshet.model;

import dev.freshet.model.rows.IntFloats;

/**
 * What others met right after, and right before, the reader's latest items, by the basket index: of
 * each of the {@value #LATEST} latest items the baskets that took it in last, fewer the further
 * back the item, and of each basket the {@value #WIDTH} entries to either side. An entry counts
 * less the further off it stands, the further back the item is by rank and by hours, and by both
 * popularities ({@link BasketSettings}).
 *
 * <p>Cost: at most {@value #MOST_OPENED} baskets are opened, of ≤ 200 entries each.
 *
 * <p>Session-based nearest neighbours do as well as recurrent networks: Ludewig, Jannach,
 * "Evaluation of session-based recommendation algorithms", 2018. Reading both sides apart lets the
 * blend learn whether order matters: in a news stream it does, in a sitting of ratings it hardly
 * does.
 */
public final class NextItems {
    static final int LATEST = 10;
    static final int WIDTH = 20;

    /** Baskets opened of all items together, at most. */
    static final int MOST_OPENED = 900;

    /** Baskets opened of an item at least, however far back it is. */
    private static final int LEAST_OPENED = 20;

    /** Baskets opened to tell how strongly one item follows another. */
    private static final int OPENED_FOR_ONE = 50;

    private final ItemTable items;
    private final Baskets baskets;
    private final BasketTables tables;

    NextItems(ItemTable items, Baskets baskets, BasketTables tables) {
        this.items = items;
        this.baskets = baskets;
        this.tables = tables;
    }

    /**
     * What stands beside a taste.
     *
     * @param after scores of items met after the reader's latest ones: 1 for one reader who went
     *     there straight from the latest, if nobody else met either
     * @param before of those met before, likewise
     */
    record Beside(IntFloats after, IntFloats before) {}

    /** Items met next after this one, deleted ones left out; scores as in {@link Beside}. */
    public ItemScores after(int item, int limit) {
        Taste one = Taste.ofItem(item);
        return top(beside(one).after(), one, limit);
    }

    /**
     * How strongly an item follows another, by the {@value #OPENED_FOR_ONE} latest baskets of the
     * other; 0 for not at all.
     */
    public float strength(int item, int next) {
        float sum = 0;
        int[] postings = baskets.postings(item);
        for (int p = Math.max(0, postings.length - OPENED_FOR_ONE); p < postings.length; p++) {
            int[] basket = baskets.basket(postings[p]);
            int at = Entries.find(basket, item);
            int then = Entries.find(basket, next);
            if (at >= 0 && then > at && then - at <= WIDTH) {
                sum += tables.nextDistance(then - at - 1);
            }
        }
        return sum * tables.nextSource(holders(item)) * tables.nextTarget(holders(next));
    }

    /** Both sides; the taste's own items and deleted ones included. */
    Beside beside(Taste taste) {
        if (taste.isEmpty()) {
            return new Beside(new IntFloats(1), new IntFloats(1));
        }
        BasketScratch scratch = BasketScratch.take(items.size(), baskets.keys().size());
        long latest = taste.epochSeconds()[0];
        int left = MOST_OPENED;
        for (int rank = 0; rank < Math.min(LATEST, taste.size()); rank++) {
            int item = taste.items()[rank];
            float weight =
                    tables.nextHistory(rank, latest - taste.epochSeconds()[rank])
                            * tables.nextSource(holders(item));
            left -= open(item, weight, Math.min(left, opened(rank)), scratch);
        }
        IntFloats after =
                BasketScratch.drain(scratch.scores, item -> tables.nextTarget(holders(item)));
        IntFloats before =
                BasketScratch.drain(scratch.others, item -> tables.nextTarget(holders(item)));
        scratch.giveBack();
        return new Beside(after, before);
    }

    /** Opens the item's latest baskets. @return how many */
    private int open(int item, float weight, int most, BasketScratch scratch) {
        int[] postings = baskets.postings(item);
        int opened = Math.min(most, postings.length);
        for (int p = postings.length - 1; p >= postings.length - opened; p--) {
            int[] basket = baskets.basket(postings[p]);
            int at = Entries.find(basket, item);
            int end = Math.min(Entries.size(basket), at + WIDTH + 1);
            for (int other = at + 1; other < end; other++) {
                if (Entries.positive(basket, other)) {
                    scratch.scores.add(
                            Entries.item(basket, other),
                            weight * tables.nextDistance(other - at - 1));
                }
            }
            for (int other = at - 1; other >= Math.max(0, at - WIDTH); other--) {
                if (Entries.positive(basket, other)) {
                    scratch.others.add(
                            Entries.item(basket, other),
                            weight * tables.nextDistance(at - other - 1));
                }
            }
        }
        return opened;
    }

    /** How many baskets of the item of this rank are worth opening. */
    private int opened(int rank) {
        return Math.max(
                LEAST_OPENED, Math.round(ModelSettings.POSTINGS * tables.nextHistory(rank, 0)));
    }

    private int holders(int item) {
        return baskets.holders().get(item);
    }

    /** The best of these scores, without the taste's own items, without deleted ones. */
    ItemScores top(IntFloats scores, Taste taste, int limit) {
        return ItemScores.top(scores, taste, items, limit);
    }
}

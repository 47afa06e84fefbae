package dev.freshet.model.basket;

import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.rows.IntFloats;

/**
 * What the latest holders of one item did with others, computed at query time from an index of
 * baskets. A score is released only where at least k of the baskets that are read have the pair in
 * that way.
 *
 * <p>Cost: at most 200 baskets are opened for an item. {@link #following} reads at most {@value
 * #WIDTH} entries of each; {@link #direct} reads them whole, until {@value #ENTRIES_READ} entries
 * were read.
 */
public final class Transitions {
    /** The number of entries read behind an item. */
    public static final int WIDTH = 10;

    /** No further basket is read whole once this many entries have been. */
    public static final int ENTRIES_READ = 10_000;

    /** Holders of both items that are assumed to be missing, so that few of them count less. */
    private static final float SHRINKAGE = 5;

    private final Baskets baskets;
    private final int k;

    /**
     * Creates queries over baskets.
     *
     * @param k number of people from which on a pair of items counts, at least 1
     */
    public Transitions(Baskets baskets, int k) {
        this.baskets = baskets;
        this.k = k;
    }

    /** Returns by item the mean, over an item's latest holders, of one over its distance behind. */
    public IntFloats following(int item) {
        int[] postings = baskets.postings(item);
        BasketScratch scratch = BasketScratch.of(baskets);
        SupportedSums sums = scratch.supported;
        for (int p = postings.length - 1; p >= 0; p--) {
            int[] basket = baskets.basket(postings[p]);
            int at = BasketEntries.find(basket, item);
            int end = Math.min(BasketEntries.size(basket), at + 1 + WIDTH);
            for (int other = at + 1; other < end; other++) {
                if (BasketEntries.positive(basket, other)) {
                    sums.add(BasketEntries.item(basket, other), 1f / (other - at));
                }
            }
        }
        IntFloats released = released(sums, postings.length);
        scratch.release();
        return released;
    }

    /**
     * What goes with one item.
     *
     * @param straight by item, the share of the one's latest holders that went straight to it
     * @param held by item, the cosine of its holders and those of the one, with {@code SHRINKAGE}
     */
    public record Direct(IntFloats straight, IntFloats held) {}

    /** Returns what goes with one item. */
    public Direct direct(int item) {
        int[] postings = baskets.postings(item);
        BasketScratch scratch = BasketScratch.of(baskets);
        SupportedSums straight = scratch.supported;
        SupportedSums held = scratch.secondarySupported;
        int read = 0;
        int opened = 0;
        for (; opened < postings.length && read < ENTRIES_READ; opened++) {
            int[] basket = baskets.basket(postings[postings.length - 1 - opened]);
            int at = BasketEntries.find(basket, item);
            int size = BasketEntries.size(basket);
            for (int other = 0; other < size; other++) {
                if (other != at && BasketEntries.positive(basket, other)) {
                    held.add(BasketEntries.item(basket, other), 1);
                    if (other == at + 1) {
                        straight.add(BasketEntries.item(basket, other), 1);
                    }
                }
            }
            read += size;
        }
        IntFloats both = released(held, 1);
        IntFloats next = released(straight, opened);
        scratch.release();
        float[] cosines = new float[both.size()];
        int[] items = new int[both.size()];
        for (int order = 0; order < items.length; order++) {
            items[order] = both.key(order);
            double holders = (double) opened * baskets.holders().get(items[order]);
            cosines[order] = (float) (both.value(order) / (Math.sqrt(holders) + SHRINKAGE));
        }
        return new Direct(next, IntFloats.ofDistinct(items, cosines));
    }

    private IntFloats released(SupportedSums sums, int over) {
        IntFloats released = new IntFloats(64);
        sums.releaseTo(released, k, 1f / Math.max(1, over));
        return released;
    }
}

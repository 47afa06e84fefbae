package dev.freshet.model.basket;

import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;
import java.util.Map;

/**
 * The second step of a walk from a session, computed at query time from an index of baskets: the
 * items that other users took up beside those that go with the session. It finds items that go with
 * the session though too few people took them up together with one of its own: both steps are pairs
 * of at least k people.
 *
 * <p>Cost: at most {@value #HUBS} × {@value #OPENED} baskets are opened, and 2 × {@value #WIDTH}
 * entries of each are read.
 *
 * <p>After RP3 (Paudel, Christoffel, Newell, Bernstein, "Updatable, accurate, diverse, and scalable
 * recommendations for interactive applications", 2017), with a single walk from the session.
 *
 * @param baskets that are read
 * @param k number of people from which on a pair of items counts, at least 1
 */
public record SessionWalk(Baskets baskets, int k) {
    /** The number of items that the walk passes through. */
    public static final int HUBS = 8;

    /** The number of baskets that are opened for each of them. */
    public static final int OPENED = 100;

    /** The number of entries read on either side of such an item. */
    public static final int WIDTH = 5;

    /** Returns the shares of an item's latest holders that took up the items beside it. */
    private IntFloats step(int item) {
        int[] postings = baskets.postings(item);
        int oldest = Math.max(0, postings.length - OPENED);
        BasketScratch scratch = BasketScratch.of(baskets);
        SupportCounts beside = scratch.supported;
        for (int p = postings.length - 1; p >= oldest; p--) {
            int[] basket = baskets.basket(postings[p]);
            int at = BasketEntries.find(basket, item);
            int end = Math.min(BasketEntries.size(basket), at + WIDTH + 1);
            for (int other = Math.max(0, at - WIDTH); other < end; other++) {
                if (other != at && BasketEntries.positive(basket, other)) {
                    beside.add(BasketEntries.item(basket, other), 1f / Math.abs(other - at));
                }
            }
        }
        SupportCounts.KAnonymousSums shares =
                beside.release(k, 1f / Math.max(1, postings.length - oldest));
        scratch.release();
        return IntFloats.ofDistinct(shares.items(), shares.sums()); // nobody else has the arrays
    }

    /**
     * Returns the scores of the items beside those that are walked through: their shares, as a mean
     * weighted by the scores of those.
     *
     * @param through the items with their scores, best first, at most {@value #HUBS}; those of 0
     *     are not walked through
     * @param steps by item, those that are known; gets the others
     */
    public IntFloats scores(ItemScores through, Map<Integer, IntFloats> steps) {
        float sum = 0;
        for (int hub = 0; hub < through.size(); hub++) {
            sum += through.score(hub);
        }
        IntFloats scores = new IntFloats(256);
        for (int hub = 0; hub < through.size() && through.score(hub) > 0; hub++) {
            IntFloats step = steps.computeIfAbsent(through.item(hub), this::step);
            for (int order = 0; order < step.size(); order++) {
                scores.add(step.key(order), through.score(hub) * step.value(order) / sum);
            }
        }
        return scores;
    }
}

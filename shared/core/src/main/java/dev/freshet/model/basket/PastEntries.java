package dev.freshet.model.basket;

import dev.freshet.example.ModelTime;
import dev.freshet.model.history.BasketEntries;
import java.util.Arrays;

/**
 * Access to the entries that a full basket dropped and that still count for others, in the order of
 * dropping and in the form of {@link BasketEntries}: those with a rating or a like, and those with
 * an event that was counted within {@value #DAYS} days. An item that the user comes back to has its
 * entry again, so that nobody's second like, rating or event of a day is a first one. At most
 * {@value #MOST} a basket: whoever wants to count again has to touch as many other items, which are
 * more requests than another user costs. Arrays are replaced, never changed.
 */
final class PastEntries {
    /** The largest number of entries, 20 B each; the oldest are dropped first, and still count. */
    static final int MOST = 2_000;

    /** One more than the days for which an event can be late. */
    private static final int DAYS = 8;

    private PastEntries() {}

    /**
     * Returns a copy with one more entry, if it counts for others.
     *
     * @param withheld whether its rating and like do not count yet
     * @param now time of the event that takes its place, a {@link ModelTime}
     */
    static int[] append(int[] past, int[] basket, int at, boolean withheld, int now) {
        int opinion = withheld ? 0 : BasketEntries.opinion(basket, at);
        int packed = (BasketEntries.packed(basket, at) & ~BasketEntries.OPINION) | opinion;
        return counting(
                BasketEntries.append(
                        past,
                        BasketEntries.item(basket, at),
                        BasketEntries.lastInteractionAt(basket, at),
                        packed,
                        BasketEntries.countedAt(basket, at),
                        BasketEntries.mark(basket, at)),
                now);
    }

    /**
     * Returns the entries that still count for others at a time; the latest {@value #MOST} of more.
     */
    static int[] counting(int[] entries, int now) {
        int[] kept = new int[entries.length];
        int to = entries.length;
        int least = entries.length - MOST * BasketEntries.WIDTH;
        for (int at = BasketEntries.size(entries) - 1; at >= 0 && to > least; at--) {
            if (counts(entries, at, now)) {
                to -= BasketEntries.WIDTH;
                int from = at * BasketEntries.WIDTH;
                System.arraycopy(entries, from, kept, to, BasketEntries.WIDTH);
            }
        }
        return Arrays.copyOfRange(kept, to, entries.length);
    }

    private static boolean counts(int[] entries, int at, int now) {
        int countedAt = BasketEntries.countedAt(entries, at);
        return BasketEntries.opinion(entries, at) != 0
                || (countedAt != ModelTime.NEVER
                        && ModelTime.day(countedAt) > ModelTime.day(now) - DAYS);
    }
}

package dev.freshet.model.basket;

import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Refs;

/**
 * Who holds each item, derived from the baskets. Holders of an item are the baskets that hold it
 * with positive strength and count for others.
 *
 * @param postings by item, the slots that hold it with positive strength, oldest first, ≤ {@link
 *     dev.freshet.model.settings.ModelSettings#POSTINGS}
 * @param unliked by item, the slots that hold it without positive strength, oldest first, ≤ {@link
 *     dev.freshet.model.settings.ModelSettings#POSTINGS}
 * @param raters by item, the slots with a rating of it, oldest first, ≤ {@link
 *     dev.freshet.model.settings.ModelSettings#POSTINGS}
 * @param counts by item, the number of its holders
 * @param repeats by item, how often its holders came back to it, each at most {@value
 *     Baskets#MAX_REPEATS} times
 * @param places by item, the number of its holders by place ({@link HolderPlaces})
 * @param dislikes number of slots in {@code unliked}
 */
public record ItemHolders(
        Refs<int[]> postings,
        Refs<int[]> unliked,
        Refs<int[]> raters,
        Ints counts,
        Ints repeats,
        Refs<int[]> places,
        int dislikes) {
    static final ItemHolders NONE =
            new ItemHolders(
                    Refs.empty(),
                    Refs.empty(),
                    Refs.empty(),
                    Ints.EMPTY,
                    Ints.EMPTY,
                    Refs.empty(),
                    0);

    /** Returns the number of different people who hold an item with positive strength. */
    public int count(int item) {
        return counts.get(item);
    }

    /** Returns how often the holders of an item came back to it. */
    public int repeats(int item) {
        return repeats.get(item);
    }
}

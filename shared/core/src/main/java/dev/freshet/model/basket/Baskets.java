package dev.freshet.model.basket;

import dev.freshet.example.ModelTime;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Longs;
import dev.freshet.model.rows.Refs;
import dev.freshet.model.rows.Slots;

/**
 * The items that each pseudonym interacted with ({@link BasketEntries}), by slot, and for each item
 * the latest baskets that hold it, apart by the sign of its strength. Baskets form a list by
 * activity; the least recently active ones are evicted first. Slot numbers have no meaning of their
 * own: a model loaded from a snapshot may have different ones.
 *
 * @param keys pseudonym by slot
 * @param index slot by pseudonym
 * @param rows entries by slot; null for a free slot
 * @param earlier events counted besides those in the entries ({@link CountedEvents}) by slot; null
 *     for none
 * @param waiting by slot, when the first event of a basket that does not count for others yet was
 *     received ({@link dev.freshet.example.ModelTime}); 0 for a basket that counts
 * @param newer by slot, the next more recently active slot plus one, 0 at the end; for a free slot,
 *     the next free one plus one
 * @param older by slot, the next less recently active slot plus one, 0 at the end
 * @param postings by item, the slots that hold it with positive strength, oldest first, ≤ {@link
 *     dev.freshet.model.settings.ModelSettings#POSTINGS}
 * @param unliked by item, the slots that hold it without positive strength, oldest first, ≤ {@link
 *     dev.freshet.model.settings.ModelSettings#POSTINGS}
 * @param raters by item, the slots with a rating of it, oldest first, ≤ {@link
 *     dev.freshet.model.settings.ModelSettings#POSTINGS}
 * @param holders by item, the number of baskets that hold it with positive strength
 * @param repeats by item, how often its holders came back to it, each at most {@value
 *     #MOST_REPEATS} times
 * @param places by item, the number of its holders by place ({@link HolderPlaces})
 * @param cohorts by slot, the cohorts of the user ({@link dev.freshet.profile.Cohort#id}),
 *     ascending; null for none
 * @param cohortSizes the number of baskets in each cohort
 * @param oldest the least recently active slot, plus one
 * @param newest the most recently active slot, plus one
 * @param free the first free slot, plus one
 * @param entries number of entries in all baskets
 * @param counted number of {@code earlier} events in all baskets
 * @param dislikes number of slots in {@code unliked}
 * @param users number of baskets in use
 */
public record Baskets(
        Longs keys,
        Slots index,
        Refs<int[]> rows,
        Refs<int[]> earlier,
        Ints waiting,
        Ints newer,
        Ints older,
        Refs<int[]> postings,
        Refs<int[]> unliked,
        Refs<int[]> raters,
        Ints holders,
        Ints repeats,
        Refs<int[]> places,
        Refs<int[]> cohorts,
        CohortSizes cohortSizes,
        int oldest,
        int newest,
        int free,
        int entries,
        int counted,
        int dislikes,
        int users) {
    /** Most repeats of one user with one item that count: nobody sets an item's rate alone. */
    public static final int MOST_REPEATS = 4;

    public static final Baskets EMPTY =
            new Baskets(
                    Longs.EMPTY,
                    Slots.EMPTY,
                    Refs.empty(),
                    Refs.empty(),
                    Ints.EMPTY,
                    Ints.EMPTY,
                    Ints.EMPTY,
                    Refs.empty(),
                    Refs.empty(),
                    Refs.empty(),
                    Ints.EMPTY,
                    Ints.EMPTY,
                    Refs.empty(),
                    Refs.empty(),
                    CohortSizes.NONE,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0);

    /** Returns the entries of a slot; empty for a free one. */
    public int[] basket(int slot) {
        int[] row = rows.get(slot);
        return row == null ? BasketEntries.NONE : row;
    }

    /** Returns the events of a slot that were counted besides those in its entries. */
    public int[] earlier(int slot) {
        int[] counted = earlier.get(slot);
        return counted == null ? BasketEntries.NONE : counted;
    }

    /** Returns the cohorts of the user of a slot, ascending. */
    public int[] cohorts(int slot) {
        int[] known = cohorts.get(slot);
        return known == null ? BasketEntries.NONE : known;
    }

    /** Returns the slot of a pseudonym, or −1. */
    public int slot(Pseudonym user) {
        return index.find(hash(user.bits()), at -> keys.get(at) == user.bits());
    }

    /** Returns the latest slots that hold an item with positive strength, oldest first. */
    public int[] postings(int item) {
        int[] slots = postings.get(item);
        return slots == null ? BasketEntries.NONE : slots;
    }

    /**
     * Returns the latest slots that hold an item without positive strength, as who dislikes it
     * does, oldest first.
     */
    public int[] unliked(int item) {
        int[] slots = unliked.get(item);
        return slots == null ? BasketEntries.NONE : slots;
    }

    /** Returns the latest slots with a rating of an item, oldest first. */
    public int[] raters(int item) {
        int[] slots = raters.get(item);
        return slots == null ? BasketEntries.NONE : slots;
    }

    /**
     * Returns whether the basket of a slot is one of the holders of an item: it holds the item with
     * positive strength, and counts for others.
     */
    public boolean holds(int slot, int item) {
        int[] basket = basket(slot);
        int at = BasketEntries.find(basket, item);
        return at >= 0
                && BasketEntries.positive(basket, at)
                && waiting.get(slot) == ModelTime.NEVER;
    }

    /** Returns the repeats of an entry that count, 0 to {@value #MOST_REPEATS}. */
    static int repeats(int[] basket, int at) {
        return Math.clamp(BasketEntries.events(basket, at) - 1L, 0, MOST_REPEATS);
    }

    /** Returns whether at least k different people hold an item with positive strength. */
    public boolean hasPeople(int item, int k) {
        return holders.get(item) >= k;
    }

    /**
     * Returns whether at least k different people whose latest counted interaction with an item was
     * in a country, or on a device, hold it with positive strength.
     *
     * @param place a {@link dev.freshet.model.popularity.CountryDevice} of a country or of a device
     *     alone
     */
    public boolean hasPeople(int item, int place, int k) {
        int[] known = places.get(item);
        return HolderPlaces.hasPeople(known == null ? BasketEntries.NONE : known, place, k);
    }

    public BasketsDraft draft() {
        return new BasketsDraft(this);
    }

    static int hash(long key) {
        return (int) (key ^ (key >>> 32));
    }
}

package dev.freshet.model.basket;

import dev.freshet.example.ModelTime;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.rows.IntArrays;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Longs;
import dev.freshet.model.rows.Refs;
import dev.freshet.model.rows.Slots;

/**
 * The items that each pseudonym interacted with ({@link BasketEntries}), by slot, and by item who
 * holds it. The least recently active baskets are evicted first. Slot numbers have no meaning of
 * their own: a model loaded from a snapshot may have different ones.
 *
 * @param keys pseudonym by slot
 * @param index slot by pseudonym
 * @param rows entries by slot; null for a free slot
 * @param earlier events counted besides those in the entries ({@link CountedEvents}) by slot; null
 *     for none
 * @param waiting by slot, when the first event of a basket that does not count for others yet was
 *     received ({@link dev.freshet.example.ModelTime}); 0 for a basket that counts
 * @param activity the slots by activity
 * @param holders who holds each item
 * @param cohorts by slot, the cohorts of the user ({@link dev.freshet.profile.Cohort#id}),
 *     ascending; null for none
 * @param cohortSizes the number of baskets in each cohort
 * @param entries number of entries in all baskets
 * @param counted number of {@code earlier} events in all baskets
 * @param users number of baskets in use
 */
public record Baskets(
        Longs keys,
        Slots index,
        Refs<int[]> rows,
        Refs<int[]> earlier,
        Ints waiting,
        Activity activity,
        ItemHolders holders,
        Refs<int[]> cohorts,
        CohortSizes cohortSizes,
        int entries,
        int counted,
        int users) {
    /** Most repeats of one user with one item that count: nobody sets an item's rate alone. */
    public static final int MAX_REPEATS = 4;

    public static final Baskets EMPTY =
            new Baskets(
                    Longs.EMPTY,
                    Slots.EMPTY,
                    Refs.empty(),
                    Refs.empty(),
                    Ints.EMPTY,
                    Activity.NONE,
                    ItemHolders.NONE,
                    Refs.empty(),
                    CohortSizes.NONE,
                    0,
                    0,
                    0);

    /** Returns the entries of a slot; empty for a free one. */
    public int[] basket(int slot) {
        return IntArrays.orNone(rows.get(slot));
    }

    /** Returns the events of a slot that were counted besides those in its entries. */
    public int[] earlier(int slot) {
        return IntArrays.orNone(earlier.get(slot));
    }

    /** Returns the cohorts of the user of a slot, ascending. */
    public int[] cohorts(int slot) {
        return IntArrays.orNone(cohorts.get(slot));
    }

    /** Returns the slot of a pseudonym, or −1. */
    public int slot(Pseudonym user) {
        return index.find(hash(user.bits()), at -> keys.get(at) == user.bits());
    }

    /** Returns the latest slots that hold an item with positive strength, oldest first. */
    public int[] postings(int item) {
        return IntArrays.orNone(holders.postings().get(item));
    }

    /**
     * Returns the latest slots that hold an item without positive strength, as who dislikes it
     * does, oldest first.
     */
    public int[] unliked(int item) {
        return IntArrays.orNone(holders.unliked().get(item));
    }

    /** Returns the latest slots with a rating of an item, oldest first. */
    public int[] raters(int item) {
        return IntArrays.orNone(holders.raters().get(item));
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

    /** Returns the repeats of an entry that count, 0 to {@value #MAX_REPEATS}. */
    static int repeats(int[] basket, int at) {
        return Math.clamp(BasketEntries.events(basket, at) - 1L, 0, MAX_REPEATS);
    }

    /** Returns whether at least k different people hold an item with positive strength. */
    public boolean hasPeople(int item, int k) {
        return holders.count(item) >= k;
    }

    /**
     * Returns whether at least k different people whose latest counted interaction with an item was
     * in a country, or on a device, hold it with positive strength.
     *
     * @param place a {@link dev.freshet.model.popularity.CountryDevice} of a country or of a device
     *     alone
     */
    public boolean hasPeople(int item, int place, int k) {
        int[] known = IntArrays.orNone(holders.places().get(item));
        return ItemHolders.Places.hasPeople(known, place, k);
    }

    public BasketsDraft draft() {
        return new BasketsDraft(this);
    }

    static int hash(long key) {
        return (int) (key ^ (key >>> 32));
    }
}

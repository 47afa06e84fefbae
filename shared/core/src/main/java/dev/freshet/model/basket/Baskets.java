package dev.freshet.model.basket;

import dev.freshet.example.Pseudonym;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Longs;
import dev.freshet.model.rows.Refs;
import dev.freshet.model.rows.Slots;

/**
 * What each pseudonym met ({@link BasketEntries}), by slot, and per item the latest baskets that
 * hold it with positive strength. Baskets form a list by activity, so that the least recently
 * active can leave first. Slot numbers carry no meaning: a model loaded from a snapshot may have
 * others.
 *
 * @param keys pseudonym by slot
 * @param rows entries by slot; null for a free slot
 * @param earlier what was counted besides ({@link CountedEvents}) by slot; null for nothing
 * @param newer the slot active next after this one, plus one; 0 at the end; of free slots the next
 *     free one
 * @param older likewise, the other way
 * @param postings slots by item, oldest first, ≤ {@link
 *     dev.freshet.model.settings.ModelSettings#POSTINGS}
 * @param raters slots with a rating by item, likewise
 * @param holders by item, how many baskets hold it with positive strength
 * @param oldest the least recently active slot, plus one
 * @param newest the most recently active slot, plus one
 * @param free the first free slot, plus one
 * @param entries in all baskets together
 * @param counted the earlier ones, in all baskets together
 * @param users baskets in use
 */
public record Baskets(
        Longs keys,
        Slots index,
        Refs<int[]> rows,
        Refs<int[]> earlier,
        Ints newer,
        Ints older,
        Refs<int[]> postings,
        Refs<int[]> raters,
        Ints holders,
        int oldest,
        int newest,
        int free,
        int entries,
        int counted,
        int users) {
    public static final Baskets EMPTY =
            new Baskets(
                    Longs.EMPTY,
                    Slots.EMPTY,
                    Refs.empty(),
                    Refs.empty(),
                    Ints.EMPTY,
                    Ints.EMPTY,
                    Refs.empty(),
                    Refs.empty(),
                    Ints.EMPTY,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0);

    /** The entries of this slot; empty for a free one. */
    public int[] basket(int slot) {
        int[] row = rows.get(slot);
        return row == null ? BasketEntries.NONE : row;
    }

    /** What was counted besides what the entries tell. */
    public int[] earlier(int slot) {
        int[] counted = earlier.get(slot);
        return counted == null ? BasketEntries.NONE : counted;
    }

    /** The slot, or −1. */
    public int slot(Pseudonym user) {
        return index.find(hash(user.bits()), at -> keys.get(at) == user.bits());
    }

    public int[] postings(int item) {
        int[] slots = postings.get(item);
        return slots == null ? BasketEntries.NONE : slots;
    }

    public int[] raters(int item) {
        int[] slots = raters.get(item);
        return slots == null ? BasketEntries.NONE : slots;
    }

    public BasketsDraft draft() {
        return new BasketsDraft(this);
    }

    static int hash(long key) {
        return (int) (key ^ (key >>> 32));
    }
}

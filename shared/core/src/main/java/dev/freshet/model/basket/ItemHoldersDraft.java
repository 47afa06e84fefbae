package dev.freshet.model.basket;

import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Refs;

/**
 * The mutable continuation of {@link ItemHolders}. Callers tell it of every entry of a basket that
 * counts for others; ratings are indexed also while their basket does not.
 */
final class ItemHoldersDraft {
    private final PostingsDraft postings;
    private final PostingsDraft unliked;
    private final PostingsDraft raters;
    private final Ints.Draft counts;
    private final Ints.Draft repeats;
    private final Refs.Draft<int[]> places;

    ItemHoldersDraft(ItemHolders from) {
        postings = new PostingsDraft(from.postings());
        unliked = new PostingsDraft(from.unliked(), from.dislikes());
        raters = new PostingsDraft(from.raters());
        counts = from.counts().draft();
        repeats = from.repeats().draft();
        places = from.places().draft();
    }

    /**
     * Makes a basket that counts the item's latest, of those with its sign; an entry of positive
     * strength counts as one of a holder.
     */
    void add(int slot, int[] basket, int at) {
        if (BasketEntries.positive(basket, at)) {
            count(basket, at, 1);
            postings.add(slot, BasketEntries.item(basket, at));
        } else {
            unliked.add(slot, BasketEntries.item(basket, at));
        }
    }

    /** Removes an entry of a basket that counts. */
    void remove(int slot, int[] basket, int at) {
        if (BasketEntries.positive(basket, at)) {
            count(basket, at, -1);
            postings.remove(slot, BasketEntries.item(basket, at));
        } else {
            unliked.remove(slot, BasketEntries.item(basket, at));
        }
    }

    /** Replaces an entry of a basket that counts; its place among the postings stays. */
    void replace(int slot, int[] before, int[] after, int at) {
        boolean held = BasketEntries.positive(before, at);
        boolean holds = BasketEntries.positive(after, at);
        if (held != holds) {
            remove(slot, before, at);
            add(slot, after, at);
        } else if (holds) {
            int item = BasketEntries.item(after, at);
            int markBefore = BasketEntries.mark(before, at);
            int mark = BasketEntries.mark(after, at);
            if (mark != markBefore) {
                HolderPlaces.add(places, item, CountedEvents.place(markBefore), -1);
                HolderPlaces.add(places, item, CountedEvents.place(mark), 1);
            }
            repeat(item, Baskets.repeats(after, at) - Baskets.repeats(before, at));
        }
    }

    /** Adds a slot with a rating. */
    void addRating(int slot, int item) {
        raters.add(slot, item);
    }

    /** Removes a slot whose rating is gone. */
    void removeRating(int slot, int item) {
        raters.remove(slot, item);
    }

    /**
     * Counts an entry of positive strength when a snapshot is read, of a basket that counts; its
     * posting is restored separately.
     */
    void restore(int[] basket, int at) {
        count(basket, at, 1);
    }

    /** Sets an item's postings when a snapshot is read. */
    void restorePostings(int item, int[] slots) {
        postings.restore(item, slots);
    }

    /** Sets an item's postings without positive strength when a snapshot is read. */
    void restoreUnliked(int item, int[] slots) {
        unliked.restore(item, slots);
    }

    /** Sets an item's raters when a snapshot is read. */
    void restoreRaters(int item, int[] slots) {
        raters.restore(item, slots);
    }

    ItemHolders peek() {
        return new ItemHolders(
                postings.peek(),
                unliked.peek(),
                raters.peek(),
                counts.peek(),
                repeats.peek(),
                places.peek(),
                unliked.total());
    }

    ItemHolders seal() {
        return new ItemHolders(
                postings.seal(),
                unliked.seal(),
                raters.seal(),
                counts.seal(),
                repeats.seal(),
                places.seal(),
                unliked.total());
    }

    /**
     * Adds an entry to the sums of its item, or subtracts it.
     *
     * @param sign 1 or −1
     */
    private void count(int[] basket, int at, int sign) {
        int item = BasketEntries.item(basket, at);
        counts.set(item, counts.get(item) + sign);
        HolderPlaces.add(places, item, CountedEvents.place(BasketEntries.mark(basket, at)), sign);
        repeat(item, sign * Baskets.repeats(basket, at));
    }

    private void repeat(int item, int change) {
        if (change != 0) {
            repeats.set(item, repeats.get(item) + change);
        }
    }
}

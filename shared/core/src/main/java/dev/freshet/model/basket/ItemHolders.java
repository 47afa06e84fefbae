package dev.freshet.model.basket;

import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.part.CountryDevice;
import dev.freshet.model.rows.Continuation;
import dev.freshet.model.rows.IntArrays;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Refs;
import dev.freshet.model.settings.ModelSettings;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
 * @param places by item, the number of its holders by place ({@link Places})
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

    /**
     * For each item, where the people are who hold it: the number of baskets by the place of the
     * latest counted event of their entry. Each basket counts at one place, so the number of a
     * country or device is at most the number of different people there, and never more. 8 B for
     * each place of an item. It follows from the entries of the baskets and is not part of
     * snapshots.
     */
    static final class Places {
        private static final int WIDTH = 2;
        private static final int COUNTRY_SHIFT = 3;
        private static final int DEVICES = (1 << COUNTRY_SHIFT) - 1;

        private Places() {}

        /**
         * Returns whether at least k of the baskets are at a place that matches.
         *
         * @param places pairs of a {@link CountryDevice} and a number of baskets
         * @param wanted a {@link CountryDevice} of a country or of a device alone
         */
        static boolean hasPeople(int[] places, int wanted, int k) {
            int mask = wanted > DEVICES ? -1 << COUNTRY_SHIFT : DEVICES;
            int people = 0;
            for (int at = 0; at < places.length && people < k; at += WIDTH) {
                people += (places[at] & mask) == wanted ? places[at + 1] : 0;
            }
            return people >= k;
        }

        /** Adds a number to that of an item at a place. */
        static void add(Refs.Draft<int[]> byItem, int item, int place, int amount) {
            int[] before = IntArrays.orNone(byItem.get(item));
            for (int at = 0; at < before.length; at += WIDTH) {
                if (before[at] == place) {
                    byItem.set(item, changed(before, at, amount));
                    return;
                }
            }
            int[] more = Arrays.copyOf(before, before.length + WIDTH);
            more[before.length] = place;
            more[before.length + 1] = amount;
            byItem.set(item, more);
        }

        private static int @Nullable [] changed(int[] before, int at, int amount) {
            if (before[at + 1] + amount != 0) {
                int[] changed = before.clone();
                changed[at + 1] += amount;
                return changed;
            }
            return before.length == WIDTH ? null : IntArrays.cut(before, at, WIDTH);
        }
    }

    /**
     * The mutable continuation of a table of postings: for each item the latest slots, oldest
     * first, ≤ {@link ModelSettings#POSTINGS}.
     */
    static final class Postings implements Continuation<Refs<int[]>> {
        private final Refs.Draft<int[]> slots;
        private int total;

        /**
         * Creates a continuation.
         *
         * @param total number of slots in all lists
         */
        Postings(Refs<int[]> from, int total) {
            slots = from.draft();
            this.total = total;
        }

        /** Makes the slot the item's latest; from a full list the oldest is dropped. */
        void add(int slot, int item) {
            int[] before = IntArrays.orNone(slots.get(item));
            slots.set(item, IntArrays.appended(before, slot, ModelSettings.POSTINGS));
            total += before.length < ModelSettings.POSTINGS ? 1 : 0;
        }

        /** Removes the slot from the item's list, if it is there. */
        void remove(int slot, int item) {
            int[] before = slots.get(item);
            if (before != null) {
                int[] rest = IntArrays.without(before, slot);
                slots.set(item, rest);
                total -= before.length - IntArrays.orNone(rest).length;
            }
        }

        /** Sets an item's list when a snapshot is read. */
        void restore(int item, int[] all) {
            if (all.length > 0) {
                slots.set(item, all);
                total += all.length;
            }
        }

        /** Returns the number of slots in all lists, where the one to begin with was given. */
        int total() {
            return total;
        }

        @Override
        public Refs<int[]> content(boolean sealed) {
            return slots.content(sealed);
        }
    }

    /**
     * The mutable continuation of {@link ItemHolders}. Callers tell it of every entry of a basket
     * that counts for others; ratings are indexed also while their basket does not.
     */
    static final class Draft implements Continuation<ItemHolders> {
        private final Postings postings;
        private final Postings unliked;
        private final Postings raters;
        private final Ints.Draft counts;
        private final Ints.Draft repeats;
        private final Refs.Draft<int[]> places;

        Draft(ItemHolders from) {
            postings = new Postings(from.postings(), 0);
            unliked = new Postings(from.unliked(), from.dislikes());
            raters = new Postings(from.raters(), 0);
            counts = from.counts().draft();
            repeats = from.repeats().draft();
            places = from.places().draft();
        }

        /**
         * Makes a basket that counts the item's latest, of those with its sign; an entry of
         * positive strength counts as one of a holder.
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
                    Places.add(places, item, CountedEvents.place(markBefore), -1);
                    Places.add(places, item, CountedEvents.place(mark), 1);
                }
                repeat(item, Baskets.repeats(after, at) - Baskets.repeats(before, at));
            }
        }

        /**
         * Adds a slot with a rating, or removes one whose rating is gone.
         *
         * @param before rating until now in half stars, 0 for none
         * @param after rating from now on
         */
        void rated(int slot, int item, int before, int after) {
            if (before == 0 && after > 0) {
                raters.add(slot, item);
            } else if (before > 0 && after == 0) {
                raters.remove(slot, item);
            }
        }

        /** Sets the lists of an item when a snapshot is read; sums follow from {@link #count}. */
        void restore(int item, int[] holding, int[] disliking, int[] rating) {
            postings.restore(item, holding);
            unliked.restore(item, disliking);
            raters.restore(item, rating);
        }

        @Override
        public ItemHolders content(boolean sealed) {
            return new ItemHolders(
                    postings.content(sealed),
                    unliked.content(sealed),
                    raters.content(sealed),
                    counts.content(sealed),
                    repeats.content(sealed),
                    places.content(sealed),
                    unliked.total());
        }

        /**
         * Adds an entry to the sums of its item, or subtracts it.
         *
         * @param sign 1 or −1
         */
        void count(int[] basket, int at, int sign) {
            int item = BasketEntries.item(basket, at);
            counts.set(item, counts.get(item) + sign);
            Places.add(places, item, CountedEvents.place(BasketEntries.mark(basket, at)), sign);
            repeat(item, sign * Baskets.repeats(basket, at));
        }

        private void repeat(int item, int change) {
            if (change != 0) {
                repeats.set(item, repeats.get(item) + change);
            }
        }
    }
}

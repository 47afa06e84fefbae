package dev.freshet.model;

import dev.freshet.event.EventType;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Longs;
import dev.freshet.model.rows.Refs;
import dev.freshet.model.rows.Slots;

/** The mutable continuation of {@link Baskets}. */
@SuppressWarnings("EnumOrdinal") // the order of types is part of the format
final class BasketsDraft {
    /**
     * What a meeting, or taking one back, came to.
     *
     * @param counted whether it counts for popularity: positive, and the first of its day for this
     *     person and item; or, taken back, whether it had been counted
     * @param rating how the reader's rating of the item changed
     */
    record Change(boolean counted, Rerated rating) {
        private static final Change NOTHING = new Change(false, Rerated.NOT);
    }

    private final Longs.Draft keys;
    private final Slots.Draft index;
    private final Refs.Draft<int[]> rows;
    private final ActivityList activity;
    private final PostingsDraft postings;
    private final PostingsDraft raters;
    private final Ints.Draft holders;
    private int entries;
    private int readers;

    BasketsDraft(Baskets from) {
        keys = from.keys().draft();
        index = from.index().draft();
        rows = from.rows().draft();
        activity = new ActivityList(from);
        postings = new PostingsDraft(from.postings());
        raters = new PostingsDraft(from.raters());
        holders = from.holders().draft();
        entries = from.entries();
        readers = from.readers();
    }

    /** Somebody meets an item. */
    Change meet(
            Pseudonym reader,
            int item,
            int time,
            EventType type,
            float strength,
            float stars,
            int mostEntries) {
        int slot = slotFor(reader);
        activity.touch(slot);
        int[] basket = basket(slot);
        int at = Entries.find(basket, item);
        int units = Entries.units(strength);
        int halfStars = Entries.halfStars(stars);
        boolean counts;
        Rerated rating;
        if (at < 0) {
            counts = units > 0;
            rating = Rerated.to(halfStars);
            int packed = Entries.pack(units, 1, halfStars, counts ? type.ordinal() : 0);
            rows.set(
                    slot,
                    Entries.append(basket, item, time, counts ? time : ModelTime.NEVER, packed));
            entries++;
            if (counts) {
                post(slot, item);
            }
            if (halfStars > 0) {
                raters.add(slot, item);
            }
            if (Entries.size(basket) + 1 > ModelSettings.BASKET_ENTRIES) {
                drop(slot, 0);
            }
        } else {
            int countedAt = Entries.countedAt(basket, at);
            counts =
                    units > 0
                            && (countedAt == ModelTime.NEVER
                                    || ModelTime.day(time) > ModelTime.day(countedAt));
            int rated = Entries.halfStars(basket, at);
            boolean newer = rated == 0 || time >= Entries.lastMet(basket, at);
            rating = new Rerated(rated, halfStars > 0 && newer ? halfStars : rated);
            write(
                    slot,
                    at,
                    Math.max(time, Entries.lastMet(basket, at)),
                    counts ? time : countedAt,
                    Entries.pack(
                            Entries.units(basket, at) + units,
                            Entries.events(basket, at) + 1,
                            rating.after(),
                            counts ? type.ordinal() : Entries.countedType(basket, at)));
        }
        while (entries > mostEntries) {
            forgetSlot(activity.oldest());
        }
        return new Change(counts, rating);
    }

    /**
     * Takes a meeting back. A rating taken back leaves none behind, unless another took its place.
     */
    Change takeBack(
            Pseudonym reader, int item, int time, EventType type, float strength, float stars) {
        int slot = slot(reader);
        int at = slot < 0 ? -1 : Entries.find(basket(slot), item);
        if (at < 0) {
            return Change.NOTHING;
        }
        int[] basket = basket(slot);
        int countedAt = Entries.countedAt(basket, at);
        boolean counted = countedAt == time && Entries.countedType(basket, at) == type.ordinal();
        int events = Entries.events(basket, at) - 1;
        int rated = Entries.halfStars(basket, at);
        boolean gone = events <= 0 || (stars > 0 && Entries.halfStars(stars) == rated);
        int standing = gone ? 0 : rated;
        if (events <= 0) {
            drop(slot, at);
            if (Entries.size(basket) == 1) {
                forgetSlot(slot);
            }
        } else {
            write(
                    slot,
                    at,
                    Entries.lastMet(basket, at),
                    counted ? ModelTime.NEVER : countedAt,
                    Entries.pack(
                            Entries.units(basket, at) - Entries.units(strength),
                            events,
                            standing,
                            counted ? 0 : Entries.countedType(basket, at)));
        }
        return new Change(counted, new Rerated(rated, standing));
    }

    /**
     * One basket becomes part of another, in the order of last meeting; the latest entries stay.
     */
    void merge(Pseudonym from, Pseudonym into) {
        int source = slot(from);
        if (source < 0 || from.equals(into)) {
            return;
        }
        int[] moved = basket(source);
        int target = slotFor(into);
        activity.touch(target);
        int[] merged = MergedEntries.of(moved, basket(target));
        forgetSlot(source);
        clear(target);
        for (int at = 0; at < Entries.size(merged); at++) {
            if (Entries.positive(merged, at)) {
                post(target, Entries.item(merged, at));
            }
            if (Entries.halfStars(merged, at) > 0) {
                raters.add(target, Entries.item(merged, at));
            }
        }
        rows.set(target, merged);
        entries += Entries.size(merged);
    }

    /** Drops a reader's basket. */
    void forget(Pseudonym reader) {
        int slot = slot(reader);
        if (slot >= 0) {
            forgetSlot(slot);
        }
    }

    /** For loading: the reader becomes the most recently active; postings are set apart. */
    int restore(long key, int[] basket) {
        int slot = slotFor(new Pseudonym(key));
        rows.set(slot, basket);
        entries += Entries.size(basket);
        for (int at = 0; at < Entries.size(basket); at++) {
            if (Entries.positive(basket, at)) {
                int item = Entries.item(basket, at);
                holders.set(item, holders.get(item) + 1);
            }
        }
        return slot;
    }

    /** For loading. */
    void restorePostings(int item, int[] slots) {
        postings.restore(item, slots);
    }

    /** For loading. */
    void restoreRaters(int item, int[] slots) {
        raters.restore(item, slots);
    }

    /** As {@link Draft#peek}. */
    Baskets peek() {
        return new Baskets(
                keys.peek(),
                index.peek(),
                rows.peek(),
                activity.peekNewer(),
                activity.peekOlder(),
                postings.peek(),
                raters.peek(),
                holders.peek(),
                activity.oldestLink(),
                activity.newestLink(),
                activity.freeLink(),
                entries,
                readers);
    }

    Baskets seal() {
        return new Baskets(
                keys.seal(),
                index.seal(),
                rows.seal(),
                activity.sealNewer(),
                activity.sealOlder(),
                postings.seal(),
                raters.seal(),
                holders.seal(),
                activity.oldestLink(),
                activity.newestLink(),
                activity.freeLink(),
                entries,
                readers);
    }

    private int slot(Pseudonym reader) {
        return index.find(Baskets.hash(reader.bits()), at -> keys.get(at) == reader.bits());
    }

    private int slotFor(Pseudonym reader) {
        int known = slot(reader);
        if (known >= 0) {
            return known;
        }
        int slot = activity.take();
        keys.set(slot, reader.bits());
        index.insert(slot, at -> Baskets.hash(keys.get(at)));
        rows.set(slot, Entries.NONE);
        readers++;
        return slot;
    }

    private int[] basket(int slot) {
        int[] row = rows.get(slot);
        return row == null ? Entries.NONE : row;
    }

    private void write(int slot, int at, int lastMet, int countedAt, int packed) {
        int[] before = basket(slot);
        int[] after = Entries.replace(before, at, lastMet, countedAt, packed);
        rows.set(slot, after);
        if (Entries.positive(before, at) != Entries.positive(after, at)) {
            if (Entries.positive(after, at)) {
                post(slot, Entries.item(after, at));
            } else {
                unpost(slot, Entries.item(after, at));
            }
        }
        boolean ratedBefore = Entries.halfStars(before, at) > 0;
        boolean ratedAfter = Entries.halfStars(after, at) > 0;
        if (ratedAfter && !ratedBefore) {
            raters.add(slot, Entries.item(after, at));
        } else if (ratedBefore && !ratedAfter) {
            raters.remove(slot, Entries.item(after, at));
        }
    }

    private void drop(int slot, int at) {
        int[] basket = basket(slot);
        if (Entries.positive(basket, at)) {
            unpost(slot, Entries.item(basket, at));
        }
        if (Entries.halfStars(basket, at) > 0) {
            raters.remove(slot, Entries.item(basket, at));
        }
        rows.set(slot, Entries.remove(basket, at));
        entries--;
    }

    private void clear(int slot) {
        int[] basket = basket(slot);
        for (int at = 0; at < Entries.size(basket); at++) {
            if (Entries.positive(basket, at)) {
                unpost(slot, Entries.item(basket, at));
            }
            if (Entries.halfStars(basket, at) > 0) {
                raters.remove(slot, Entries.item(basket, at));
            }
        }
        entries -= Entries.size(basket);
        rows.set(slot, Entries.NONE);
    }

    private void forgetSlot(int slot) {
        clear(slot);
        index.remove(slot, at -> Baskets.hash(keys.get(at)));
        rows.set(slot, null);
        keys.set(slot, 0);
        activity.giveBack(slot);
        readers--;
    }

    private void post(int slot, int item) {
        holders.set(item, holders.get(item) + 1);
        postings.add(slot, item);
    }

    private void unpost(int slot, int item) {
        holders.set(item, holders.get(item) - 1);
        postings.remove(slot, item);
    }
}

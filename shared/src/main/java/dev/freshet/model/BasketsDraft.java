package dev.freshet.model;

import dev.freshet.event.EventType;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Longs;
import dev.freshet.model.rows.Refs;
import dev.freshet.model.rows.Slots;
import java.util.Arrays;

/** The mutable continuation of {@link Baskets}. */
@SuppressWarnings("EnumOrdinal") // the order of types is part of the format
final class BasketsDraft {
    private final Longs.Draft keys;
    private final Slots.Draft index;
    private final Refs.Draft<int[]> rows;
    private final ActivityList activity;
    private final Refs.Draft<int[]> postings;
    private final Ints.Draft holders;
    private int entries;
    private int readers;

    BasketsDraft(Baskets from) {
        keys = from.keys().draft();
        index = from.index().draft();
        rows = from.rows().draft();
        activity = new ActivityList(from);
        postings = from.postings().draft();
        holders = from.holders().draft();
        entries = from.entries();
        readers = from.readers();
    }

    /**
     * Somebody meets an item.
     *
     * @return whether it counts for popularity: positive, and the first of its day for this person
     *     and item
     */
    boolean meet(
            Pseudonym reader, int item, int time, EventType type, float strength, int mostEntries) {
        int slot = slotFor(reader);
        activity.touch(slot);
        int[] basket = basket(slot);
        int at = Entries.find(basket, item);
        int units = Entries.units(strength);
        boolean counts;
        if (at < 0) {
            counts = units > 0;
            int packed = Entries.pack(units, 1, counts ? type.ordinal() : 0);
            rows.set(
                    slot,
                    Entries.append(basket, item, time, counts ? time : ModelTime.NEVER, packed));
            entries++;
            if (counts) {
                post(slot, item);
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
            write(
                    slot,
                    at,
                    Math.max(time, Entries.lastMet(basket, at)),
                    counts ? time : countedAt,
                    Entries.pack(
                            Entries.units(basket, at) + units,
                            Entries.events(basket, at) + 1,
                            counts ? type.ordinal() : Entries.countedType(basket, at)));
        }
        while (entries > mostEntries) {
            forgetSlot(activity.oldest());
        }
        return counts;
    }

    /**
     * Takes a meeting back.
     *
     * @return whether it is the one that had been counted for popularity
     */
    boolean takeBack(Pseudonym reader, int item, int time, EventType type, float strength) {
        int slot = slot(reader);
        int at = slot < 0 ? -1 : Entries.find(basket(slot), item);
        if (at < 0) {
            return false;
        }
        int[] basket = basket(slot);
        int countedAt = Entries.countedAt(basket, at);
        boolean counted = countedAt == time && Entries.countedType(basket, at) == type.ordinal();
        int events = Entries.events(basket, at) - 1;
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
                            counted ? 0 : Entries.countedType(basket, at)));
        }
        return counted;
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
        postings.set(item, slots);
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
    }

    private void drop(int slot, int at) {
        int[] basket = basket(slot);
        if (Entries.positive(basket, at)) {
            unpost(slot, Entries.item(basket, at));
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
        int[] slots = postings.get(item);
        if (slots == null) {
            postings.set(item, new int[] {slot});
        } else if (slots.length < ModelSettings.POSTINGS) {
            int[] more = Arrays.copyOf(slots, slots.length + 1);
            more[slots.length] = slot;
            postings.set(item, more);
        } else {
            int[] shifted = new int[slots.length];
            System.arraycopy(slots, 1, shifted, 0, slots.length - 1);
            shifted[slots.length - 1] = slot;
            postings.set(item, shifted);
        }
    }

    private void unpost(int slot, int item) {
        holders.set(item, holders.get(item) - 1);
        int[] slots = postings.get(item);
        if (slots != null) {
            int[] rest = Arrays.stream(slots).filter(other -> other != slot).toArray();
            postings.set(item, rest.length == 0 ? null : rest);
        }
    }
}

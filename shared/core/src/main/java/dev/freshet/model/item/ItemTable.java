package dev.freshet.model.item;

import dev.freshet.catalog.Embedding;
import dev.freshet.catalog.Item;
import dev.freshet.example.ModelTime;
import dev.freshet.model.rows.Continuation;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Refs;
import dev.freshet.model.rows.Slots;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All items known to the model, by dense index in the order of first occurrence: in the catalogue,
 * or as the target of an event whose item is not in the catalogue (yet). An index never changes and
 * is never reused.
 *
 * @param ids by index
 * @param index of each id
 * @param catalogued records of the catalogue by index, without text and embedding; null for none
 * @param records how many there are
 * @param known when each item was first put or an interaction with it first received, a {@link
 *     ModelTime}
 * @param last time of the latest interaction with each item, a {@link ModelTime}
 * @param byTag the items with each tag, ascending, without deleted ones
 */
public record ItemTable(
        Refs<String> ids,
        Slots index,
        Refs<Item> catalogued,
        int records,
        Ints known,
        Ints last,
        Map<String, int[]> byTag) {
    private static final int[] NONE = new int[0];

    /** Lower than every version of a catalogue. */
    private static final int UNCATALOGUED_VERSION = -1;

    private static final Item UNCATALOGUED = Item.bare("-", UNCATALOGUED_VERSION);

    public static final ItemTable EMPTY =
            new ItemTable(
                    Refs.empty(), Slots.EMPTY, Refs.empty(), 0, Ints.EMPTY, Ints.EMPTY, Map.of());

    /** Returns the number of items; indexes are below it. */
    public int size() {
        return ids.size();
    }

    /** Returns the index of an id, or −1. */
    public int index(String itemId) {
        return index.find(itemId.hashCode(), slot -> itemId.equals(ids.get(slot)));
    }

    /**
     * Returns the id of an item.
     *
     * @throws IndexOutOfBoundsException when there is no such item
     */
    public String id(int item) {
        String id = ids.get(item);
        if (id == null) {
            throw new IndexOutOfBoundsException(
                    "there is no item " + item + " among " + size() + " items");
        }
        return id;
    }

    /**
     * Returns the item's catalogue record, without text and embedding; for an item that is not in
     * the catalogue, a record with only the id.
     */
    public Item item(int item) {
        Item record = catalogued.get(item);
        return record != null ? record : Item.bare(id(item), UNCATALOGUED_VERSION);
    }

    /**
     * Returns the item's catalogue record, without text and embedding; for an item that is not in
     * the catalogue, a shared empty record without its id. Cheaper than {@link #item} for callers
     * that read the properties of many items.
     */
    public Item properties(int item) {
        Item record = catalogued.get(item);
        return record != null ? record : UNCATALOGUED;
    }

    /** Returns whether the item is in the catalogue, deleted items included. */
    public boolean catalogued(int item) {
        return catalogued.get(item) != null;
    }

    /**
     * Returns whether the item is deleted. Deleted items keep their index and are never part of a
     * result.
     */
    public boolean deleted(int item) {
        Item record = catalogued.get(item);
        return record != null && record.deleted();
    }

    /**
     * Returns when the item was born: when its owner published it; where the owner does not say,
     * when it was first put into the catalogue or an interaction with it was first received. The
     * time that a client gives for an event has no part in it.
     */
    public Optional<Instant> bornAt(int item) {
        Instant published = properties(item).publishedAt();
        return published != null ? Optional.of(published) : time(known.get(item));
    }

    /**
     * Returns the items with a tag, ascending, without deleted ones. The array must not be changed.
     */
    public int[] withTag(String tag) {
        return byTag.getOrDefault(tag, NONE);
    }

    /** Returns the tags that any item has. */
    public Set<String> tags() {
        return Collections.unmodifiableSet(byTag.keySet());
    }

    /** Returns items of the catalogue that are not deleted, those added last first. */
    public int[] newest(int limit) {
        IntIndex found = new IntIndex(limit);
        for (int item = catalogued.size() - 1; item >= 0 && found.size() < limit; item--) {
            if (catalogued(item) && !deleted(item)) {
                found.orderOrInsert(item);
            }
        }
        return found.keys();
    }

    /** Returns a mutable continuation. */
    public Draft draft() {
        return new Draft(this);
    }

    /**
     * Returns when the item was first put or an interaction with it first received, as a {@link
     * ModelTime}; 0 if unknown.
     */
    public int knownSince(int item) {
        return known.get(item);
    }

    /** Returns an item's age in seconds; 0 if unknown, negative before its birth. */
    public double age(int item, double epochSeconds) {
        Instant published = properties(item).publishedAt();
        int since = known.get(item);
        return published != null
                ? epochSeconds - published.getEpochSecond()
                : since == ModelTime.NEVER ? 0 : epochSeconds - ModelTime.epochSeconds(since);
    }

    /** Returns the time of the latest interaction as a {@link ModelTime}; 0 for none. */
    public int last(int item) {
        return last.get(item);
    }

    private static Optional<Instant> time(int stored) {
        return stored == 0 ? Optional.empty() : Optional.of(ModelTime.instant(stored));
    }

    /** The mutable continuation of an {@link ItemTable}. */
    public static final class Draft implements Continuation<ItemTable> {
        private final Refs.Draft<String> ids;
        private final Slots.Draft index;
        private final Refs.Draft<Item> catalogued;
        private int records;
        private final Ints.Draft known;
        private final Ints.Draft last;
        private Map<String, int[]> byTag;
        private boolean ownsTags;

        private Draft(ItemTable from) {
            ids = from.ids.draft();
            index = from.index.draft();
            catalogued = from.catalogued.draft();
            records = from.records;
            known = from.known.draft();
            last = from.last.draft();
            byTag = from.byTag;
        }

        /** Returns the number of items. */
        public int size() {
            return ids.size();
        }

        /** Returns the index of an id, or −1. */
        public int index(String id) {
            return index.find(id.hashCode(), slot -> id.equals(ids.get(slot)));
        }

        /**
         * Returns the index of an id, adding the item if it is new; −1 when it is new and there are
         * {@code most} items already.
         */
        public int intern(String id, int maxItems) {
            int present = index(id);
            if (present >= 0 || ids.size() >= maxItems) {
                return present;
            }
            int slot = ids.size();
            ids.set(slot, id);
            index.insert(
                    slot,
                    at -> {
                        String key = ids.get(at);
                        return key == null ? 0 : key.hashCode();
                    });
            return slot;
        }

        /**
         * Returns the index of an id, adding the item if it is new; −1 when it is new and there are
         * {@code maxItems} items already, or {@code most} that are in no catalogue.
         */
        public int internUncatalogued(String id, int maxItems, int most) {
            return intern(id, Math.min(maxItems, most + records));
        }

        /** Returns whether an id is that of an item of the catalogue, deleted items included. */
        public boolean isCatalogued(String id) {
            int item = index(id);
            return item >= 0 && catalogued.get(item) != null;
        }

        /** Updates since when an item is known: the least of these times. */
        public void known(int item, int time) {
            if (known.get(item) == ModelTime.NEVER || time < known.get(item)) {
                known.set(item, time);
            }
        }

        /** Updates the event time of an item's latest interaction. */
        public void interacted(int item, int time) {
            if (last.get(item) == ModelTime.NEVER || time > last.get(item)) {
                last.set(item, time);
            }
        }

        /** Returns the item's catalogue record, or null. */
        @Nullable
        public Item catalogued(int item) {
            return catalogued.get(item);
        }

        /** Replaces an item's catalogue record; text and embedding are left out. */
        public void put(int item, Item changed) {
            Item before = catalogued.get(item);
            records += before == null ? 1 : 0;
            Item after = withoutContent(changed);
            catalogued.set(item, after);
            List<String> tagsBefore = before == null ? List.of() : before.tags();
            for (String tag : tagsBefore) {
                if (!after.tags().contains(tag)) {
                    untag(item, tag);
                }
            }
            for (String tag : after.tags()) {
                if (!tagsBefore.contains(tag)) {
                    tag(item, tag);
                }
            }
        }

        /** Sets an item's times when a snapshot is read. */
        public void times(int item, int knownSince, int lastTime) {
            known.set(item, knownSince);
            last.set(item, lastTime);
        }

        @Override
        public ItemTable content(boolean sealed) {
            ownsTags &= !sealed;
            return new ItemTable(
                    ids.content(sealed),
                    index.content(sealed),
                    catalogued.content(sealed),
                    records,
                    known.content(sealed),
                    last.content(sealed),
                    byTag);
        }

        private void tag(int item, String tag) {
            int[] items = ownedTags().getOrDefault(tag, new int[0]);
            int found = Arrays.binarySearch(items, item);
            if (found < 0) {
                int at = -found - 1;
                int[] more = Arrays.copyOf(items, items.length + 1);
                System.arraycopy(items, at, more, at + 1, items.length - at);
                more[at] = item;
                byTag.put(tag, more);
            }
        }

        private void untag(int item, String tag) {
            int[] items = ownedTags().getOrDefault(tag, new int[0]);
            int[] rest = IntStream.of(items).filter(other -> other != item).toArray();
            if (rest.length == 0) {
                byTag.remove(tag);
            } else {
                byTag.put(tag, rest);
            }
        }

        private Map<String, int[]> ownedTags() {
            if (!ownsTags) {
                byTag = new HashMap<>(byTag);
                ownsTags = true;
            }
            return byTag;
        }

        private static Item withoutContent(Item item) {
            return new Item(
                    item.itemId(),
                    item.version(),
                    item.deleted(),
                    new Item.Content(
                            item.type().intern(),
                            item.group(),
                            item.title(),
                            "",
                            item.tags().stream().map(String::intern).toList(),
                            item.author() == null ? null : item.author().intern(),
                            item.publishedAt(),
                            item.attributes()),
                    item.availability(),
                    item.repeat(),
                    Embedding.NONE);
        }
    }
}

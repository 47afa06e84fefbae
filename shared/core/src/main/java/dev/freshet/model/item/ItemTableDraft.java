package dev.freshet.model.item;

import dev.freshet.catalog.Item;
import dev.freshet.example.ModelTime;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Refs;
import dev.freshet.model.rows.Slots;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The mutable continuation of an {@link ItemTable}. */
public final class ItemTableDraft {
    private final Refs.Draft<String> ids;
    private final Slots.Draft index;
    private final Refs.Draft<Item> catalogued;
    private int records;
    private final Ints.Draft known;
    private final Ints.Draft last;
    private Map<String, int[]> byTag;
    private boolean ownsTags;

    ItemTableDraft(
            Refs<String> ids,
            Slots index,
            Refs<Item> catalogued,
            int records,
            Ints known,
            Ints last,
            Map<String, int[]> byTag) {
        this.ids = ids.draft();
        this.index = index.draft();
        this.catalogued = catalogued.draft();
        this.records = records;
        this.known = known.draft();
        this.last = last.draft();
        this.byTag = byTag;
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

    /** Returns a view of the current content without copying, valid only until the next change. */
    public ItemTable peek() {
        return new ItemTable(
                ids.peek(),
                index.peek(),
                catalogued.peek(),
                records,
                known.peek(),
                last.peek(),
                byTag);
    }

    /** Returns the content as an immutable value; this draft can be continued. */
    public ItemTable seal() {
        ownsTags = false;
        return new ItemTable(
                ids.seal(),
                index.seal(),
                catalogued.seal(),
                records,
                known.seal(),
                last.seal(),
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
                item.type().intern(),
                item.group(),
                item.title(),
                "",
                item.tags().stream().map(String::intern).toList(),
                item.author() == null ? null : item.author().intern(),
                item.publishedAt(),
                item.attributes(),
                item.availability(),
                item.repeat(),
                List.of());
    }
}

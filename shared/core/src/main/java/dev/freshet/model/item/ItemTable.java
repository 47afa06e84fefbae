package dev.freshet.model.item;

import dev.freshet.catalog.Item;
import dev.freshet.example.ModelTime;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Refs;
import dev.freshet.model.rows.Slots;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every item that the model has heard of, by dense index in the order of first hearing: from the
 * catalogue, or from an event on an item that the catalogue does not (yet) hold. An index never
 * changes and is never given away again.
 */
public final class ItemTable {
    private static final int[] NONE = new int[0];
    private static final Item NOTHING = unseen("-");

    public static final ItemTable EMPTY =
            new ItemTable(
                    Refs.empty(), Slots.EMPTY, Refs.empty(), Ints.EMPTY, Ints.EMPTY, Map.of());

    private final Refs<String> ids;
    private final Slots index;
    private final Refs<Item> catalogued;
    private final Ints first;
    private final Ints last;
    private final Map<String, int[]> byTag;

    ItemTable(
            Refs<String> ids,
            Slots index,
            Refs<Item> catalogued,
            Ints first,
            Ints last,
            Map<String, int[]> byTag) {
        this.ids = ids;
        this.index = index;
        this.catalogued = catalogued;
        this.first = first;
        this.last = last;
        this.byTag = byTag;
    }

    /** How many there are; indexes are below it. */
    public int size() {
        return ids.size();
    }

    /** The index, or −1. */
    public int index(String itemId) {
        return index.find(itemId.hashCode(), slot -> itemId.equals(ids.get(slot)));
    }

    public String id(int item) {
        String id = ids.get(item);
        if (id == null) {
            throw new IndexOutOfBoundsException("no item " + item + " of " + size());
        }
        return id;
    }

    /**
     * The catalogue's item, without text and embedding; of an item that it does not hold, one with
     * nothing but the id.
     */
    public Item item(int item) {
        Item known = catalogued.get(item);
        return known != null ? known : unseen(id(item));
    }

    /**
     * As {@link #item}, but of an item that the catalogue does not hold one and the same with
     * nothing, not even its id: for what reads many items' properties.
     */
    public Item properties(int item) {
        Item known = catalogued.get(item);
        return known != null ? known : NOTHING;
    }

    /** Whether the catalogue holds it, be it as a tombstone. */
    public boolean catalogued(int item) {
        return catalogued.get(item) != null;
    }

    /** Deleted items keep their index and are never answered with. */
    public boolean deleted(int item) {
        Item known = catalogued.get(item);
        return known != null && known.deleted();
    }

    /** When it was first met, in event time. */
    public Optional<Instant> firstEvent(int item) {
        return time(first.get(item));
    }

    public Optional<Instant> lastEvent(int item) {
        return time(last.get(item));
    }

    /** The items with this tag, deleted ones left out, ascending. Not to be changed. */
    public int[] withTag(String tag) {
        return byTag.getOrDefault(tag, NONE);
    }

    public Set<String> tags() {
        return Collections.unmodifiableSet(byTag.keySet());
    }

    /** Catalogued items that are not deleted, the last to join first. */
    public int[] newest(int limit) {
        IntIndex found = new IntIndex(limit);
        for (int item = catalogued.size() - 1; item >= 0 && found.size() < limit; item--) {
            if (catalogued(item) && !deleted(item)) {
                found.orderOrInsert(item);
            }
        }
        int[] newest = new int[found.size()];
        for (int rank = 0; rank < newest.length; rank++) {
            newest[rank] = found.key(rank);
        }
        return newest;
    }

    public ItemTableDraft draft() {
        return new ItemTableDraft(ids, index, catalogued, first, last, byTag);
    }

    /** A {@link ModelTime}, 0 for never. */
    public int first(int item) {
        return first.get(item);
    }

    /** A {@link ModelTime}, 0 for never. */
    public int last(int item) {
        return last.get(item);
    }

    private static Optional<Instant> time(int stored) {
        return stored == 0 ? Optional.empty() : Optional.of(ModelTime.instant(stored));
    }

    private static Item unseen(String id) {
        return new Item(
                id,
                -1,
                false,
                "",
                null,
                "",
                "",
                List.of(),
                null,
                null,
                Map.of(),
                List.of(),
                Item.RepeatRule.NEVER,
                List.of());
    }
}

package dev.freshet.catalog;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Port: the table of items. Every method may throw {@link
 * dev.freshet.store.StoreUnavailableException}.
 */
public interface Catalog {
    /** The result of a put. */
    enum Put {
        /** The version was higher than the stored one: this item is now stored. */
        APPLIED,
        /**
         * This version is stored already, as an item where an item is put and as a tombstone where
         * a tombstone is put: nothing was written, but its example is to be emitted again.
         */
        SAME,
        /**
         * A higher version is stored, or this version as an item where a tombstone is put, or the
         * reverse: nothing was written.
         */
        OLDER;

        /**
         * Returns the result of a put of one item where another of at least its version is stored.
         */
        public static Put refused(Item item, long storedVersion, boolean storedDeleted) {
            return storedVersion == item.version() && storedDeleted == item.deleted()
                    ? SAME
                    : OLDER;
        }
    }

    /** Stores the item, or the tombstone, if its version is higher than the stored one. */
    Put put(Item item);

    /**
     * Stores the item in place of a version of it, if that version is still stored.
     *
     * @param storedVersion the version that was read, below that of the item
     * @return false if another version is stored, or none: nothing was written
     */
    boolean replace(Item item, long storedVersion);

    /** Returns the item, which may be a tombstone; empty if absent or past its TTL. */
    Optional<Item> get(String itemId);

    /**
     * Returns the items that follow an id in the order of the table, which is the same for every
     * call and any order otherwise. Tombstones are left out, so that a page may hold fewer items
     * than are asked for, or none, and be followed by others.
     *
     * @param after the {@code last} of the page before, or null to begin; its item may be gone
     * @param most most items, 1 to 1,000
     */
    default Page page(@Nullable String after, int most) {
        Page entries = entries(after, most);
        return new Page(
                entries.items().stream().filter(item -> !item.deleted()).toList(), entries.last());
    }

    /**
     * Returns a page with tombstones, for copies of the catalogue.
     *
     * @param after the {@code last} of the page before, or null to begin; its item may be gone
     * @param most most items and tombstones, 1 to 1,000
     */
    Page entries(@Nullable String after, int most);

    /**
     * A part of the catalogue.
     *
     * @param last the id after which the next page begins, or null where there is none
     */
    record Page(List<Item> items, @Nullable String last) {
        public Page {
            items = List.copyOf(items);
        }
    }

    /** Passes every item to the consumer, tombstones included; for compaction's reconciliation. */
    void scan(Consumer<Item> each);
}

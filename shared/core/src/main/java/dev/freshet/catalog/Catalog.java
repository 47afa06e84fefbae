package dev.freshet.catalog;

import java.util.Optional;
import java.util.function.Consumer;

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

    /** Returns the item, which may be a tombstone; empty if absent or past its TTL. */
    Optional<Item> get(String itemId);

    /** Passes every item to the consumer, tombstones included; for compaction's reconciliation. */
    void scan(Consumer<Item> each);
}

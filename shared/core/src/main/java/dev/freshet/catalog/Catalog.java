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
         * This version is stored already: nothing was written, but the item's example is to be
         * emitted again.
         */
        SAME,
        /** A higher version is stored. */
        OLDER
    }

    /** Stores the item, or the tombstone, if its version is higher than the stored one. */
    Put put(Item item);

    /** Returns the item, which may be a tombstone; empty if absent or past its TTL. */
    Optional<Item> get(String itemId);

    /** Passes every item to the consumer, tombstones included; for compaction's reconciliation. */
    void scan(Consumer<Item> each);
}

package dev.freshet.catalog;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Port: the catalogue. Every method may throw {@link dev.freshet.store.StoreUnavailableException}.
 */
public interface Catalog {
    /** What became of a put. */
    enum Put {
        /** The version was higher: this item is now the one. */
        APPLIED,
        /**
         * The very version is there already: nothing written, but its example is to be emitted
         * again.
         */
        SAME,
        /** A higher version is there. */
        OLDER
    }

    /** Puts the item, or the tombstone, if its version is higher. */
    Put put(Item item);

    /** The item, tombstones included; one past its TTL counts as absent. */
    Optional<Item> get(String itemId);

    /** Every item in turn, tombstones included; for compaction's reconciliation. */
    void scan(Consumer<Item> each);
}

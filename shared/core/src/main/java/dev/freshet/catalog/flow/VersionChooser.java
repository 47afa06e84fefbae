package dev.freshet.catalog.flow;

import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.InvalidItemException;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.ItemPatch;
import dev.freshet.catalog.ItemReader;
import dev.freshet.catalog.flow.CatalogFlow.ItemResult;
import dev.freshet.catalog.flow.CatalogFlow.Stored;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Stores items for which the site states no version. The version is the time of receipt in
 * milliseconds, or the stored version plus one where that is higher: of two puts in one
 * millisecond, and of two of one item in one list, the later one stays.
 *
 * <p>An item that is stored already with the same content keeps its version and is not written. So
 * a put reads the stored item first, which a put with a version does not.
 */
final class VersionChooser {
    /** Most tries where other writers of the same item come in between. */
    private static final int MAX_TRIES = 4;

    private final Catalog catalog;
    private final InstantSource clock;

    VersionChooser(Catalog catalog, InstantSource clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * Stores an item.
     *
     * @return {@link ItemResult#OLDER} where the stored version is the highest there is
     */
    Stored put(Item sent, ItemEmbedding.Batch embeddings) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            Optional<Item> stored = catalog.get(sent.itemId());
            Optional<Item> embedded =
                    stored.map(known -> embeddings.embedded(sent, known))
                            .orElseGet(() -> embeddings.embedded(sent));
            Item item = embedded.orElse(sent);
            if (stored.isPresent() && same(item, stored.get())) {
                return Stored.of(stored.get(), embedded.isPresent());
            }
            if (stored.isPresent() && stored.get().version() >= ItemReader.MAX_VERSION) {
                return new Stored(item, ItemResult.OLDER);
            }
            Item next = item.withVersion(next(stored));
            if (catalog.put(next) == Catalog.Put.APPLIED) {
                return Stored.of(next, embedded.isPresent());
            }
        }
        return new Stored(sent, ItemResult.UNAVAILABLE);
    }

    /**
     * Changes a stored item.
     *
     * @return empty where the item is not stored, or is deleted
     * @throws InvalidItemException if the change does not suit the stored item
     */
    Optional<Stored> patch(String itemId, ItemPatch patch, ItemEmbedding.Batch embeddings)
            throws InvalidItemException {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            Optional<Item> stored = catalog.get(itemId).filter(item -> !item.deleted());
            if (stored.isEmpty()) {
                return Optional.empty();
            }
            Item known = stored.get();
            Item changed = patch.apply(known);
            Optional<Item> embedded = embeddings.embedded(changed, known);
            Item item = embedded.orElse(changed);
            boolean stated = patch.version() != Item.UNVERSIONED;
            boolean repeated = !stated || patch.version() == known.version();
            if (repeated && same(item, known)) {
                return Optional.of(Stored.of(known, embedded.isPresent()));
            }
            long version = stated ? patch.version() : next(stored);
            if (version <= known.version() || version > ItemReader.MAX_VERSION) {
                return Optional.of(new Stored(known, ItemResult.OLDER));
            }
            Item next = item.withVersion(version);
            if (catalog.replace(next, known.version())) {
                return Optional.of(Stored.of(next, embedded.isPresent()));
            }
        }
        return Optional.of(new Stored(Item.bare(itemId, 0), ItemResult.UNAVAILABLE));
    }

    private static boolean same(Item item, Item stored) {
        return item.withVersion(stored.version()).equals(stored);
    }

    private long next(Optional<Item> stored) {
        return Math.max(clock.millis(), stored.map(item -> item.version() + 1).orElse(0L));
    }
}

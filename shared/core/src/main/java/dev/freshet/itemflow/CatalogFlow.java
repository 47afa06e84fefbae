package dev.freshet.itemflow;

import static dev.freshet.check.Check.require;

import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.ItemPatch;
import dev.freshet.catalog.ItemReader;
import dev.freshet.catalog.ItemReader.InvalidItemException;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.ExampleLog.ExampleParts;
import dev.freshet.itemflow.CatalogFlow.ItemResult;
import dev.freshet.itemflow.CatalogFlow.Stored;
import dev.freshet.store.Lanes;
import dev.freshet.store.Lanes.OrderedLanes;
import dev.freshet.store.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes changed items: computes each item's embedding, stores the item if its version is higher
 * than the stored one, then emits its example for the model. A version that is stored already is
 * emitted again, so that a client that received no answer may repeat its request. An example that
 * is lost between the two writes is emitted by a later compaction.
 *
 * <p>An item without a version gets one from {@link VersionChooser}.
 */
public final class CatalogFlow {
    /** Most items of one request. */
    public static final int MAX_ITEMS = 500;

    private static final int PARALLEL_ITEMS = 16;

    private final Catalog catalog;
    private final ExampleLog examples;
    private final ItemAnalysis analysis;
    private final ItemEmbedding embedding;
    private final InstantSource clock;
    private final Lanes lanes;
    private final VersionChooser versions;

    public CatalogFlow(
            Catalog catalog,
            ExampleLog examples,
            ItemAnalysis analysis,
            ItemEmbedding embedding,
            InstantSource clock) {
        this(catalog, examples, analysis, embedding, clock, new OrderedLanes(PARALLEL_ITEMS));
    }

    /** Creates the flow with another order of execution, for tests. */
    public CatalogFlow(
            Catalog catalog,
            ExampleLog examples,
            ItemAnalysis analysis,
            ItemEmbedding embedding,
            InstantSource clock,
            Lanes lanes) {
        this.catalog = catalog;
        this.examples = examples;
        this.analysis = analysis;
        this.embedding = embedding;
        this.clock = clock;
        this.lanes = lanes;
        this.versions = new VersionChooser(catalog, clock);
    }

    /** The result for one item. */
    public enum ItemResult {
        /** The item is stored and its example emitted. */
        ACCEPTED,
        /**
         * The item is stored and its example emitted, but without the embedding of its text: the
         * embedder did not answer in time. A higher version of the item tries again.
         */
        UNEMBEDDED,
        /** A higher version is stored, or the item where its deletion is put, or the reverse. */
        OLDER,
        /** A store did not answer; the item is to be sent again. */
        UNAVAILABLE
    }

    /**
     * An item and the result of its put or change.
     *
     * @param item as it is stored, where the result says that it is
     */
    public record Stored(Item item, ItemResult result) {
        static Stored of(Item item, boolean embedded) {
            return new Stored(item, embedded ? ItemResult.ACCEPTED : ItemResult.UNEMBEDDED);
        }
    }

    /**
     * Stores items and tombstones.
     *
     * @param items ≤ {@value #MAX_ITEMS}
     * @return the result of each item; nothing is thrown for a store that does not answer
     */
    public List<ItemResult> put(List<Item> items) {
        require(items.size() <= MAX_ITEMS, "at most " + MAX_ITEMS + " items at once");
        ItemResult[] results = new ItemResult[items.size()];
        Item[] kept = new Item[items.size()];
        ItemEmbedding.Batch embeddings = embedding.batch();
        lanes.finishedPrefix(
                items.size(),
                i -> items.get(i).itemId(),
                i -> {
                    Stored stored = stored(items.get(i), embeddings);
                    kept[i] = stored.item();
                    results[i] = stored.result();
                    return true;
                });
        emitExamples(kept, results);
        return Arrays.asList(results);
    }

    /**
     * Deletes an item.
     *
     * @param version of the deletion, or empty for the one above the stored version
     */
    public ItemResult delete(String itemId, Optional<Long> version) {
        try {
            Optional<Item> stored = catalog.get(itemId);
            if (version.isEmpty() && stored.isEmpty()) {
                return ItemResult.ACCEPTED;
            }
            long next = version.orElseGet(() -> after(stored.orElseThrow()));
            return put(List.of(Item.tombstone(itemId, next))).getFirst();
        } catch (StoreUnavailableException unanswered) {
            return ItemResult.UNAVAILABLE;
        }
    }

    /**
     * Changes some members of an item, and nothing else that another writer changes meanwhile.
     *
     * @return empty where the catalogue has no such item
     * @throws InvalidItemException if the change does not suit the stored item
     */
    public Optional<Stored> patch(String itemId, ItemPatch patch) throws InvalidItemException {
        try {
            Optional<Stored> stored = versions.patch(itemId, patch, embedding.batch());
            if (stored.isEmpty()) {
                return stored;
            }
            ItemResult[] results = {stored.get().result()};
            emitExamples(new Item[] {stored.get().item()}, results);
            return Optional.of(new Stored(stored.get().item(), results[0]));
        } catch (StoreUnavailableException unanswered) {
            return Optional.of(new Stored(Item.bare(itemId, 0), ItemResult.UNAVAILABLE));
        }
    }

    private static long after(Item stored) {
        return stored.deleted() ? stored.version() : stored.version() + 1;
    }

    private Stored stored(Item sent, ItemEmbedding.Batch embeddings) {
        try {
            if (sent.version() == Item.UNVERSIONED) {
                return versions.put(sent, embeddings);
            }
            Optional<Item> embedded = embeddings.embedded(sent);
            Item item = embedded.orElse(sent);
            return catalog.put(item) == Catalog.Put.OLDER
                    ? new Stored(item, ItemResult.OLDER)
                    : Stored.of(item, embedded.isPresent());
        } catch (StoreUnavailableException unanswered) {
            return new Stored(sent, ItemResult.UNAVAILABLE);
        }
    }

    private void emitExamples(Item[] items, ItemResult[] results) {
        Instant now = clock.instant();
        List<Example> emitted = new ArrayList<>();
        List<Integer> itemOf = new ArrayList<>();
        for (int i = 0; i < results.length; i++) {
            if (results[i] == ItemResult.ACCEPTED || results[i] == ItemResult.UNEMBEDDED) {
                emitted.add(analysis.example(items[i], now));
                itemOf.add(i);
            }
        }
        for (ExampleParts.Part part : ExampleParts.of(emitted, ExampleLog.MAX_RECORD_BYTES)) {
            try {
                examples.put(part.bytes());
            } catch (StoreUnavailableException unacknowledged) {
                itemOf.subList(part.from(), part.to())
                        .forEach(i -> results[i] = ItemResult.UNAVAILABLE);
            }
        }
    }

    /**
     * Stores items for which the site states no version. The version is the time of receipt in
     * milliseconds, or the stored version plus one where that is higher: of two puts in one
     * millisecond, and of two of one item in one list, the later one stays.
     *
     * <p>An item that is stored already with the same content keeps its version and is not written.
     * So a put reads the stored item first, which a put with a version does not.
     */
    static final class VersionChooser {
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

    /** Analyses an item's title, text and tags into the terms by which the model compares items. */
    @FunctionalInterface
    public interface ItemAnalysis {
        /**
         * Returns hashed term → frequency for the most frequent terms, ≤ {@value
         * Example.ItemChanged#MAX_TERMS}. Safe for use by several threads.
         */
        Map<Integer, Integer> terms(Item item);

        /**
         * Returns the example of an item: without its text, and for a deleted item without terms.
         *
         * @param putAt when the catalogue put it
         */
        default Example.ItemChanged example(Item item, Instant putAt) {
            Item bare = item.with(item.content().withoutText());
            return new Example.ItemChanged(bare, item.deleted() ? Map.of() : terms(item), putAt);
        }
    }
}

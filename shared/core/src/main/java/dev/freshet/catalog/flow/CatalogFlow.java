package dev.freshet.catalog.flow;

import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.ExampleParts;
import dev.freshet.store.Lanes;
import dev.freshet.store.OrderedLanes;
import dev.freshet.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * From items to the catalogue and the model: work out what it is about, put the item if its version
 * is higher, then tell the model. The same version again is told again, so that whoever got no
 * answer may send it again; what is lost in between, compaction finds.
 */
public final class CatalogFlow {
    /** Most items of one request. */
    public static final int MAX_ITEMS = 500;

    private static final int AT_ONCE = 16;

    private final Catalog catalog;
    private final ExampleLog examples;
    private final ItemAnalysis analysis;
    private final ItemEmbedding embedding;
    private final Lanes lanes;

    public CatalogFlow(
            Catalog catalog, ExampleLog examples, ItemAnalysis analysis, ItemEmbedding embedding) {
        this(catalog, examples, analysis, embedding, new OrderedLanes(AT_ONCE));
    }

    /** The same with items worked for in another way. */
    public CatalogFlow(
            Catalog catalog,
            ExampleLog examples,
            ItemAnalysis analysis,
            ItemEmbedding embedding,
            Lanes lanes) {
        this.catalog = catalog;
        this.examples = examples;
        this.analysis = analysis;
        this.embedding = embedding;
        this.lanes = lanes;
    }

    /** What became of an item. */
    public enum Fate {
        /** The catalogue has it and the model will. */
        TAKEN,
        /**
         * Likewise, but without the embedding that its text should have had: the embedder did not
         * answer in time. A higher version of the item tries again.
         */
        UNEMBEDDED,
        /** The catalogue has a higher version. */
        OLDER,
        /** A store did not answer; to be sent again. */
        UNPLACED
    }

    /**
     * Puts items, tombstones too.
     *
     * @param items ≤ {@value #MAX_ITEMS}
     * @return for each its fate; nothing is thrown for a store that does not answer
     */
    public List<Fate> put(List<Item> items) {
        if (items.size() > MAX_ITEMS) {
            throw new IllegalArgumentException("at most " + MAX_ITEMS + " items at once");
        }
        Fate[] fates = new Fate[items.size()];
        Item[] kept = new Item[items.size()];
        ItemEmbedding.Batch embeddings = embedding.batch();
        lanes.finishedPrefix(
                items.size(),
                i -> items.get(i).itemId(),
                i -> {
                    Optional<Item> embedded = embeddings.embedded(items.get(i));
                    kept[i] = embedded.orElse(items.get(i));
                    fates[i] = stored(kept[i], embedded.isPresent());
                    return true;
                });
        tell(kept, fates);
        return Arrays.asList(fates);
    }

    /**
     * Takes an item out of the catalogue.
     *
     * @param version of the deletion, or empty for the one above the stored
     */
    public Fate delete(String itemId, Optional<Long> version) {
        try {
            Optional<Item> stored = catalog.get(itemId);
            if (version.isEmpty() && stored.isEmpty()) {
                return Fate.TAKEN;
            }
            long next = version.orElseGet(() -> after(stored.orElseThrow()));
            return put(List.of(Item.tombstone(itemId, next))).getFirst();
        } catch (StoreUnavailableException unanswered) {
            return Fate.UNPLACED;
        }
    }

    private static long after(Item stored) {
        return stored.deleted() ? stored.version() : stored.version() + 1;
    }

    private Fate stored(Item item, boolean embedded) {
        try {
            if (catalog.put(item) == Catalog.Put.OLDER) {
                return Fate.OLDER;
            }
            return embedded ? Fate.TAKEN : Fate.UNEMBEDDED;
        } catch (StoreUnavailableException unanswered) {
            return Fate.UNPLACED;
        }
    }

    private void tell(Item[] items, Fate[] fates) {
        List<Example> told = new ArrayList<>();
        List<Integer> itemOf = new ArrayList<>();
        for (int i = 0; i < fates.length; i++) {
            if (fates[i] == Fate.TAKEN || fates[i] == Fate.UNEMBEDDED) {
                told.add(analysis.example(items[i]));
                itemOf.add(i);
            }
        }
        for (ExampleParts.Part part : ExampleParts.of(told, ExampleLog.MAX_RECORD_BYTES)) {
            try {
                examples.put(part.bytes());
            } catch (StoreUnavailableException unacknowledged) {
                itemOf.subList(part.from(), part.to()).forEach(i -> fates[i] = Fate.UNPLACED);
            }
        }
    }
}

package dev.freshet.stream;

import dev.freshet.feature.Catalog;
import dev.freshet.feature.Item;
import dev.freshet.feature.StoreUnavailableException;
import dev.freshet.model.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * From items to the catalogue and the model: put the item if its version is higher, then tell the
 * model. The same version again is told again, so that whoever got no answer may send it again;
 * what is lost in between, compaction finds.
 */
public final class CatalogFlow {
    /** Most items of one request. */
    public static final int MAX_ITEMS = 500;

    private static final int AT_ONCE = 16;

    private final Catalog catalog;
    private final ExampleLog examples;
    private final ItemAnalysis analysis;
    private final OrderedLanes lanes = new OrderedLanes(AT_ONCE);

    public CatalogFlow(Catalog catalog, ExampleLog examples, ItemAnalysis analysis) {
        this.catalog = catalog;
        this.examples = examples;
        this.analysis = analysis;
    }

    /** What became of an item. */
    public enum Fate {
        /** The catalogue has it and the model will. */
        TAKEN,
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
        lanes.finishedPrefix(
                items.size(),
                i -> items.get(i).itemId(),
                i -> {
                    fates[i] = stored(items.get(i));
                    return true;
                });
        tell(items, fates);
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

    private Fate stored(Item item) {
        try {
            return catalog.put(item) == Catalog.Put.OLDER ? Fate.OLDER : Fate.TAKEN;
        } catch (StoreUnavailableException unanswered) {
            return Fate.UNPLACED;
        }
    }

    private void tell(List<Item> items, Fate[] fates) {
        List<Example> told = new ArrayList<>();
        List<Integer> itemOf = new ArrayList<>();
        for (int i = 0; i < fates.length; i++) {
            if (fates[i] == Fate.TAKEN) {
                told.add(analysis.example(items.get(i)));
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

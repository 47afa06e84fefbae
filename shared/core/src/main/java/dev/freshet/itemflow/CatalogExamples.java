package dev.freshet.itemflow;

import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import dev.freshet.itemflow.CatalogFlow.ItemAnalysis;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Converts items of the catalogue to examples, in batches of some hundreds, by one scan of the
 * table. An item that is emitted twice is learned once.
 */
public record CatalogExamples(Catalog catalog, ItemAnalysis analysis, InstantSource clock) {
    private static final int BATCH_SIZE = 500;

    /**
     * Emits the examples of items.
     *
     * @param selected the items to emit
     * @param limit most items
     * @param batches receives each batch, which is not empty
     * @return the number of items emitted
     */
    public int emit(Predicate<Item> selected, int limit, Consumer<List<Example>> batches) {
        Instant now = clock.instant();
        List<Example> batch = new ArrayList<>();
        int[] count = {0};
        catalog.scan(
                item -> {
                    if (count[0] < limit && selected.test(item)) {
                        count[0]++;
                        batch.add(analysis.example(item, now));
                        if (batch.size() == BATCH_SIZE) {
                            batches.accept(List.copyOf(batch));
                            batch.clear();
                        }
                    }
                });
        if (!batch.isEmpty()) {
            batches.accept(List.copyOf(batch));
        }
        return count[0];
    }
}

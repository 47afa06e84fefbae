package dev.freshet.catalog.flow;

import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The catalogue's items as examples, some hundreds at a time: one scan of the table. What is told
 * twice is learned once.
 */
public record CatalogExamples(Catalog catalog, ItemAnalysis analysis) {
    private static final int AT_ONCE = 500;

    /**
     * Tells of items.
     *
     * @param wanted of which
     * @param most how many at the most
     * @param told takes each lot, not empty
     * @return how many were told
     */
    public int tell(Predicate<Item> wanted, int most, Consumer<List<Example>> told) {
        List<Example> lot = new ArrayList<>();
        int[] count = {0};
        catalog.scan(
                item -> {
                    if (count[0] < most && wanted.test(item)) {
                        count[0]++;
                        lot.add(analysis.example(item));
                        if (lot.size() == AT_ONCE) {
                            told.accept(List.copyOf(lot));
                            lot.clear();
                        }
                    }
                });
        if (!lot.isEmpty()) {
            told.accept(List.copyOf(lot));
        }
        return count[0];
    }
}

package dev.freshet.catalog.flow;

import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import java.time.Instant;
import java.util.Map;

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

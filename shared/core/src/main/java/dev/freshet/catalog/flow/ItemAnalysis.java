package dev.freshet.catalog.flow;

import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import java.util.Map;

/** Reads an item's title, text and tags as terms: what the model compares items by. */
@FunctionalInterface
public interface ItemAnalysis {
    /**
     * Hashed term → frequency, ≤ {@value Example.ItemChanged#MAX_TERMS}, the most frequent; safe
     * for many threads.
     */
    Map<Integer, Integer> terms(Item item);

    /** What the model is told of this item: without its text, and of a deleted one no terms. */
    default Example.ItemChanged example(Item item) {
        Item bare =
                new Item(
                        item.itemId(),
                        item.version(),
                        item.deleted(),
                        item.type(),
                        item.group(),
                        item.title(),
                        "",
                        item.tags(),
                        item.author(),
                        item.publishedAt(),
                        item.attributes(),
                        item.availability(),
                        item.repeat(),
                        item.embedding());
        return new Example.ItemChanged(bare, item.deleted() ? Map.of() : terms(item));
    }
}

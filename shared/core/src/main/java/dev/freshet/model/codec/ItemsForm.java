package dev.freshet.model.codec;

import dev.freshet.catalog.Item;
import dev.freshet.example.ItemForm;
import dev.freshet.model.basket.BasketChange.Opinion;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.Form;
import dev.freshet.model.bytes.MalformedBytesException;
import dev.freshet.model.content.Embeddings;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.popularity.Counts;
import dev.freshet.model.popularity.Decay;
import dev.freshet.model.rating.RatingCounts;

/**
 * The binary form of what a model knows item by item: the table of items with their embeddings,
 * counts and ratings.
 *
 * @param items their order numbers all other parts of a snapshot
 */
record ItemsForm(ItemTable items, Counts counts, RatingCounts ratings, Embeddings embeddings) {
    private static final int MAX = Integer.MAX_VALUE - 1;

    /** Returns the form of at most so many items. */
    static Form<ItemsForm> of(int maxItems) {
        return Form.of(ItemsForm::write, in -> read(in, maxItems));
    }

    private void write(ByteSink out) {
        out.varint(items.size());
        for (int item = 0; item < items.size(); item++) {
            out.recurring(items.id(item));
            boolean catalogued = items.catalogued(item);
            out.put(catalogued ? 1 : 0);
            if (catalogued) {
                Item known = items.item(item);
                ItemForm.ITEM.write(known.with(embeddings.of(item)), out);
            }
            out.zigzag(items.knownSince(item));
            out.zigzag(items.last(item));
            out.varint(counts.totals().get(item));
            out.varint(ratings.counts().get(item));
            out.varint(ratings.sums().get(item));
            out.varint(ratings.likes().get(item));
            for (int row = item * Counts.HALF_LIVES; row < (item + 1) * Counts.HALF_LIVES; row++) {
                Decay.STATE.write(counts.states().get(row), out);
                out.zigzag(counts.sums().get(2 * row));
                out.zigzag(counts.sums().get(2 * row + 1));
            }
        }
    }

    private static ItemsForm read(ByteSource in, int maxItems) {
        ItemTable.Draft items = ItemTable.EMPTY.draft();
        Counts.Draft counts = Counts.EMPTY.draft();
        RatingCounts.Draft ratings = RatingCounts.EMPTY.draft();
        Embeddings.Draft embeddings = Embeddings.EMPTY.draft();
        int size = in.count(maxItems, 10);
        for (int item = 0; item < size; item++) {
            MalformedBytesException.unless(
                    items.intern(Form.NAME.read(in), maxItems) == item,
                    "the snapshot contains an item twice");
            if (in.flag()) {
                Item known = ItemForm.ITEM.read(in);
                items.put(item, known);
                MalformedBytesException.unless(
                        embeddings.put(item, known.embedding()),
                        "the snapshot contains more embedding vectors than the bound allows");
            }
            items.times(item, Math.toIntExact(in.zigzag()), Math.toIntExact(in.zigzag()));
            counts.totals().set(item, in.upTo(MAX));
            int rated = in.upTo(MAX);
            ratings.restore(item, in.upTo(MAX), rated);
            ratings.change(new Opinion(item, 0, 0, in.upTo(MAX)));
            for (int row = item * Counts.HALF_LIVES; row < (item + 1) * Counts.HALF_LIVES; row++) {
                counts.states().set(row, Decay.STATE.read(in));
                counts.sums().set(2 * row, in.zigzag());
                counts.sums().set(2 * row + 1, in.zigzag());
            }
        }
        return new ItemsForm(items.seal(), counts.seal(), ratings.seal(), embeddings.seal());
    }
}

package dev.freshet.model.codec;

import dev.freshet.catalog.Item;
import dev.freshet.example.ItemForm;
import dev.freshet.model.basket.BasketChange.Opinion;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.Form;
import dev.freshet.model.bytes.MalformedBytesException;
import dev.freshet.model.content.Embeddings;
import dev.freshet.model.content.Terms;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.popularity.Counts;
import dev.freshet.model.rating.RatingCounts;
import dev.freshet.model.settings.ModelSettings;

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
                PopularityForm.STATE.write(counts.states().get(row), out);
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
                counts.states().set(row, PopularityForm.STATE.read(in));
                counts.sums().set(2 * row, in.zigzag());
                counts.sums().set(2 * row + 1, in.zigzag());
            }
        }
        return new ItemsForm(items.seal(), counts.seal(), ratings.seal(), embeddings.seal());
    }

    /** Returns the form of the terms of so many items, at most so many. */
    static Form<Terms> terms(int maxTerms, int items) {
        return Form.of((terms, out) -> write(terms, items, out), in -> terms(in, maxTerms, items));
    }

    private static void write(Terms terms, int size, ByteSink out) {
        out.varint(terms.size());
        for (int term = 0; term < terms.size(); term++) {
            out.fixed32(terms.hash(term));
            out.varint(terms.holders(term));
            int[] items = terms.items(term);
            out.varint(items.length);
            for (int item : items) {
                out.varint(item);
            }
        }
        for (int item = 0; item < size; item++) {
            int[] packed = terms.of(item);
            out.varint(packed.length);
            for (int each : packed) {
                out.varint(each & 0xFFFFFFFFL);
            }
        }
    }

    private static Terms terms(ByteSource in, int maxTerms, int size) {
        Terms.Draft terms = Terms.EMPTY.draft();
        int count = in.count(maxTerms, 6);
        for (int term = 0; term < count; term++) {
            int hash = in.fixed32();
            int holders = in.upTo(MAX);
            int[] items = new int[in.count(ModelSettings.ITEMS_PER_TERM, 1)];
            for (int at = 0; at < items.length; at++) {
                items[at] = in.upTo(size - 1);
            }
            MalformedBytesException.unless(
                    terms.restoreTerm(hash, holders, items) == term,
                    "the snapshot contains a term twice");
        }
        for (int item = 0; item < size; item++) {
            int[] packed = new int[in.count(ModelSettings.TERMS_PER_ITEM, 1)];
            for (int at = 0; at < packed.length; at++) {
                packed[at] = (int) in.varint();
                MalformedBytesException.unless(
                        Terms.term(packed[at]) < count,
                        "an item has a term that the snapshot does not contain");
            }
            if (packed.length > 0) {
                terms.restoreItem(item, packed);
            }
        }
        return terms.seal();
    }
}

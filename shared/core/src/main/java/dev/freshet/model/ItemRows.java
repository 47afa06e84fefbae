package dev.freshet.model;

import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.bytes.Form;
import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.catalog.Item;
import dev.freshet.example.ItemForm;
import dev.freshet.model.basket.BasketChange.Opinion;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.part.CountedEvent;
import dev.freshet.model.part.FoldContext;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.part.PartDraft;
import dev.freshet.model.popularity.Counts;
import dev.freshet.model.popularity.Decay;
import dev.freshet.model.rating.RatingCounts;
import dev.freshet.model.vectors.Embeddings;

/**
 * What a model knows item by item: the table of items, with their counts, ratings and embeddings.
 * Snapshots have a row for each item.
 *
 * @param items their order numbers all other parts of the model
 * @param counts decayed popularity counts by item
 * @param ratings sum and number of ratings by item
 * @param embeddings embedding vectors of items
 */
record ItemRows(ItemTable items, Counts counts, RatingCounts ratings, Embeddings embeddings) {
    static final ItemRows EMPTY =
            new ItemRows(ItemTable.EMPTY, Counts.EMPTY, RatingCounts.EMPTY, Embeddings.EMPTY);

    /** The part of the model. */
    static final ModelPart<ItemRows> PART =
            new ModelPart<>(3, EMPTY, ItemRows::draft, (bounds, items) -> form(bounds.maxItems()));

    private static final int MAX = Integer.MAX_VALUE - 1;

    private Draft draft() {
        return new Draft(items.draft(), counts.draft(), ratings.draft(), embeddings.draft());
    }

    private static Form<ItemRows> form(int maxItems) {
        return Form.of(ItemRows::write, in -> read(in, maxItems));
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

    private static ItemRows read(ByteSource in, int maxItems) {
        Draft rows = EMPTY.draft();
        Counts.Draft counts = rows.counts;
        RatingCounts.Draft ratings = rows.ratings;
        int size = in.count(maxItems, 10);
        for (int item = 0; item < size; item++) {
            MalformedBytesException.unless(
                    rows.items.intern(Form.NAME.read(in), maxItems) == item,
                    "the snapshot contains an item twice");
            if (in.flag()) {
                MalformedBytesException.unless(
                        rows.put(item, ItemForm.ITEM.read(in)),
                        "the snapshot contains more embedding vectors than the bound allows");
            }
            rows.items.times(item, Math.toIntExact(in.zigzag()), Math.toIntExact(in.zigzag()));
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
        return rows.seal();
    }

    /** The mutable continuation of {@link ItemRows}. */
    record Draft(
            ItemTable.Draft items,
            Counts.Draft counts,
            RatingCounts.Draft ratings,
            Embeddings.Draft embeddings)
            implements PartDraft<ItemRows> {
        @Override
        public void count(CountedEvent event, int sign, FoldContext model) {
            if (sign > 0) {
                items.interacted(event.item(), event.time());
            }
            counts.add(event.item(), event.time(), sign);
        }

        /** Replaces an item's catalogue record; false if its embedding did not fit. */
        boolean put(int item, Item record) {
            items.put(item, record);
            return embeddings.put(item, record.embedding());
        }

        @Override
        public ItemRows content(boolean sealed) {
            return new ItemRows(
                    items.content(sealed),
                    counts.content(sealed),
                    ratings.content(sealed),
                    embeddings.content(sealed));
        }
    }
}

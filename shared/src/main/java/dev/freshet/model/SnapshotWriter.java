package dev.freshet.model;

import dev.freshet.event.EventType;
import dev.freshet.feature.Item;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.TextSink;
import java.util.Map;

/**
 * Writes a model part by part. Baskets stand in the order of activity, so slot numbers leave no
 * trace.
 */
@SuppressWarnings("EnumOrdinal") // the order is part of the format
final class SnapshotWriter {
    private final Model model;
    private final Model.State state;
    private final ByteSink out;
    private final TextSink texts;

    SnapshotWriter(Model model) {
        this.model = model;
        state = model.state();
        out = new ByteSink(1 << 16);
        texts = new TextSink(out);
    }

    byte[] write() {
        out.put(SnapshotCodec.FORMAT);
        header();
        items();
        scopes();
        baskets();
        terms();
        windows();
        state.learned().write(out);
        return out.toBytes();
    }

    private void header() {
        ModelSettings settings = model.settings();
        out.varint(settings.maxItems());
        out.varint(settings.maxEntries());
        out.varint(settings.maxTerms());
        out.put(settings.learns() ? 1 : 0);
        ItemCodec.instant(state.clock(), out);
        Totals totals = state.totals();
        out.varint(totals.interactions().size());
        for (Map.Entry<EventType, Long> entry : totals.interactions().entrySet()) {
            out.put(entry.getKey().ordinal());
            out.varint(entry.getValue());
        }
        out.varint(totals.retractions());
        out.varint(totals.merges());
        out.varint(totals.forgets());
        out.varint(totals.itemChanges());
        out.varint(totals.beyondBounds());
        DeltaCodec.write(state.marks(), out);
    }

    private void items() {
        ItemTable items = state.items();
        Counts counts = state.counts();
        out.varint(items.size());
        for (int item = 0; item < items.size(); item++) {
            texts.put(items.id(item));
            boolean catalogued = items.catalogued(item);
            out.put(catalogued ? 1 : 0);
            if (catalogued) {
                Item known = items.item(item);
                ItemCodec.write(known.with(state.embeddings().of(item)), out, texts);
            }
            out.zigzag(items.first(item));
            out.zigzag(items.last(item));
            out.varint(counts.totals().get(item));
            out.varint(state.ratings().counts().get(item));
            out.varint(state.ratings().sums().get(item));
            for (int row = item * Counts.HALF_LIVES; row < (item + 1) * Counts.HALF_LIVES; row++) {
                out.zigzag(counts.generations().get(row));
                out.zigzag(counts.sums().get(2 * row));
                out.zigzag(counts.sums().get(2 * row + 1));
            }
        }
    }

    private void scopes() {
        out.varint(state.scoped().byScope().size());
        state.scoped()
                .sorted()
                .forEach(
                        (scope, counts) -> {
                            out.text(scope);
                            out.zigzag(counts.last());
                            out.varint(counts.size());
                            for (int order = 0; order < counts.size(); order++) {
                                out.varint(counts.item(order));
                                for (int which = 0; which < 2; which++) {
                                    out.zigzag(counts.generation(order, which));
                                }
                                for (int which = 0; which < 4; which++) {
                                    out.zigzag(counts.sum(order, which));
                                }
                            }
                        });
    }

    private void baskets() {
        Baskets baskets = state.baskets();
        int[] rank = new int[baskets.keys().size()];
        out.varint(baskets.readers());
        int next = 0;
        for (int link = baskets.oldest(); link != 0; link = baskets.newer().get(link - 1)) {
            int slot = link - 1;
            rank[slot] = next++;
            out.fixed64(baskets.keys().get(slot));
            int[] basket = baskets.basket(slot);
            out.varint(Entries.size(basket));
            for (int at = 0; at < Entries.size(basket); at++) {
                out.varint(Entries.item(basket, at));
                out.zigzag(Entries.lastMet(basket, at));
                int countedAt = Entries.countedAt(basket, at);
                out.zigzag(
                        countedAt == ModelTime.NEVER
                                ? Long.MIN_VALUE
                                : (long) countedAt - Entries.lastMet(basket, at));
                out.zigzag(Entries.units(basket, at));
                out.varint(Entries.events(basket, at));
                out.put(Entries.halfStars(basket, at));
                out.put(Entries.countedType(basket, at));
            }
        }
        for (int item = 0; item < state.items().size(); item++) {
            slots(baskets.postings(item), rank);
            slots(baskets.raters(item), rank);
        }
    }

    private void slots(int[] slots, int[] rank) {
        out.varint(slots.length);
        for (int slot : slots) {
            out.varint(rank[slot]);
        }
    }

    private void terms() {
        Terms terms = state.terms();
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
        for (int item = 0; item < state.items().size(); item++) {
            int[] packed = terms.of(item);
            out.varint(packed.length);
            for (int each : packed) {
                out.varint(each & 0xFFFFFFFFL);
            }
        }
    }

    private void windows() {
        out.varint(state.windows().kept().size());
        for (Windows.Window window : state.windows().kept()) {
            out.varint(window.length().toSeconds());
            out.zigzag(window.start());
            out.varint(window.counts().size());
            window.sorted()
                    .forEach(
                            (scope, counts) -> {
                                out.text(scope);
                                out.varint(counts.size());
                                for (int order = 0; order < counts.size(); order++) {
                                    out.varint(counts.item(order));
                                    out.zigzag(counts.count(order));
                                }
                            });
        }
    }
}

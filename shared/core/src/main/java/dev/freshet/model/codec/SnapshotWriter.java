package dev.freshet.model.codec;

import dev.freshet.catalog.Item;
import dev.freshet.event.EventType;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ItemCodec;
import dev.freshet.model.Model;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.StoredFormat;
import dev.freshet.model.bytes.TextSink;
import dev.freshet.model.content.Terms;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.popularity.Counts;
import dev.freshet.model.popularity.Decay;
import dev.freshet.model.popularity.ModelTotals;
import dev.freshet.model.popularity.Windows;
import dev.freshet.model.settings.ModelSettings;
import java.util.List;
import java.util.Map;

/** The encoder of models. Parts without an order of their own are written in the order of items. */
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
        out.put(StoredFormat.SNAPSHOT.written());
        header();
        items();
        scopes();
        BasketsCodec.write(state.baskets(), state.items().size(), out);
        terms();
        windows();
        state.learned().write(out);
        out.bytes(ExampleCodec.encode(List.copyOf(state.waiting().inOrder())));
        OutcomesCodec.write(state.outcomes(), out);
        ExperimentsCodec.write(state.experiments(), out);
        AudienceCodec.write(state.audience(), state.items().size(), out, texts);
        state.memory().write(out);
        return out.toBytes();
    }

    private void header() {
        ModelSettings settings = model.settings();
        out.varint(settings.maxItems());
        out.varint(settings.maxEntries());
        out.varint(settings.maxTerms());
        out.put(settings.learns() ? 1 : 0);
        DeltaCodec.write(settings.catalogue(), out);
        ItemCodec.instant(state.clock(), out);
        ModelTotals totals = state.totals();
        out.varint(totals.interactions().size());
        for (Map.Entry<EventType, Long> entry : totals.interactions().entrySet()) {
            out.put(entry.getKey().number());
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
            out.zigzag(items.knownSince(item));
            out.zigzag(items.last(item));
            out.varint(counts.totals().get(item));
            out.varint(state.ratings().counts().get(item));
            out.varint(state.ratings().sums().get(item));
            out.varint(state.ratings().likes().get(item));
            for (int row = item * Counts.HALF_LIVES; row < (item + 1) * Counts.HALF_LIVES; row++) {
                row(counts.states().get(row), out);
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
                            out.varint(counts.size());
                            for (int order : counts.sorted()) {
                                out.varint(counts.item(order));
                                for (int which = 0; which < 2; which++) {
                                    row(counts.state(order, which), out);
                                }
                                for (int which = 0; which < 4; which++) {
                                    out.zigzag(counts.sum(order, which));
                                }
                            }
                        });
    }

    /** Writes the state of a row without its sums. */
    private static void row(int state, ByteSink out) {
        int newest = Decay.newest(state);
        int lost = Decay.lost(state);
        out.zigzag(newest);
        out.varint(lost == Decay.NOTHING_LOST ? 0 : newest - lost);
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
        state.windows().floors().forEach(out::zigzag);
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
                                for (int order : counts.sorted()) {
                                    out.varint(counts.item(order));
                                    out.zigzag(counts.count(order));
                                }
                            });
        }
    }
}

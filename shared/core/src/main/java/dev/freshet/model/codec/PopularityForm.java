package dev.freshet.model.codec;

import dev.freshet.example.ExampleCodec;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.Fields;
import dev.freshet.model.bytes.Form;
import dev.freshet.model.bytes.MalformedBytesException;
import dev.freshet.model.popularity.Decay;
import dev.freshet.model.popularity.ModelTotals;
import dev.freshet.model.popularity.ScopeCounts;
import dev.freshet.model.popularity.ScopedCounts;
import dev.freshet.model.popularity.Windows;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The binary forms of counts over all users: totals, counts by scope, and windows of time. */
final class PopularityForm {
    private static final int MAX = Integer.MAX_VALUE - 1;
    private static final int MAX_GENERATION = 1 << 18;
    private static final int MAX_TYPES = 256;

    static final Form<ModelTotals> TOTALS =
            fields ->
                    new ModelTotals(
                            fields.map(
                                    MAX_TYPES,
                                    ExampleCodec.TYPE,
                                    Form.VARINT,
                                    ModelTotals::interactions),
                            fields.varint(ModelTotals::retractions),
                            fields.varint(ModelTotals::merges),
                            fields.varint(ModelTotals::forgets),
                            fields.varint(ModelTotals::itemChanges),
                            fields.varint(ModelTotals::beyondBounds));

    /** The state of a row of decayed counts, without its sums. */
    static final Form<Integer> STATE = PopularityForm::state;

    private PopularityForm() {}

    private static int state(Fields<Integer> fields) {
        int newest = Math.toIntExact(fields.zigzag(Decay::newest));
        MalformedBytesException.unless(
                newest >= -MAX_GENERATION && newest <= MAX_GENERATION,
                "a generation of decayed counts is out of range");
        int gap = fields.upTo(Decay.MAX_GAP, PopularityForm::gap);
        MalformedBytesException.unless(
                gap != 1, "a row of decayed counts has a lost generation that it still holds");
        return Decay.state(newest, gap == 0 ? Decay.NOTHING_LOST : newest - gap);
    }

    private static int gap(int state) {
        int lost = Decay.lost(state);
        return lost == Decay.NOTHING_LOST ? 0 : Decay.newest(state) - lost;
    }

    /** Returns the form of the counts by scope over so many items. */
    static Form<ScopedCounts> scopes(int items) {
        return Form.of(PopularityForm::write, in -> scopes(in, items));
    }

    private static void write(ScopedCounts scoped, ByteSink out) {
        out.varint(scoped.byScope().size());
        scoped.sorted()
                .forEach(
                        (scope, counts) -> {
                            out.text(scope);
                            out.varint(counts.size());
                            for (int order : counts.sorted()) {
                                out.varint(counts.item(order));
                                for (int which = 0; which < 2; which++) {
                                    STATE.write(counts.state(order, which), out);
                                }
                                for (int which = 0; which < 4; which++) {
                                    out.zigzag(counts.sum(order, which));
                                }
                            }
                        });
    }

    private static ScopedCounts scopes(ByteSource in, int size) {
        ScopedCounts.Draft scoped = ScopedCounts.EMPTY.draft();
        for (int left = in.count(ScopedCounts.MAX_SCOPES, 3); left > 0; left--) {
            String scope = Form.TEXT.read(in);
            ScopeCounts counts = new ScopeCounts();
            for (int items = in.count(ScopeCounts.MAX_ITEMS, 7); items > 0; items--) {
                int item = in.upTo(size - 1);
                int[] states = {STATE.read(in), STATE.read(in)};
                long[] sums = {in.zigzag(), in.zigzag(), in.zigzag(), in.zigzag()};
                counts.restore(item, states, sums);
            }
            scoped.restore(scope, counts);
        }
        return scoped.seal();
    }

    /** Returns the form of the windows of time over so many items. */
    static Form<Windows> windows(int items) {
        return Form.of(PopularityForm::write, in -> windows(in, items));
    }

    private static void write(Windows windows, ByteSink out) {
        windows.floors().forEach(out::zigzag);
        out.varint(windows.kept().size());
        for (Windows.Window window : windows.kept()) {
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

    private static Windows windows(ByteSource in, int size) {
        Windows.Draft windows = Windows.EMPTY.draft();
        for (int length = 0; length < Windows.LENGTHS.size(); length++) {
            windows.restoreFloor(length, in.zigzag());
        }
        for (int left = in.count(2 * Windows.LENGTHS.size(), 3); left > 0; left--) {
            Duration length = Duration.ofSeconds(in.upTo(MAX));
            MalformedBytesException.unless(
                    Windows.LENGTHS.contains(length), "a window has an unknown length");
            long start = in.zigzag();
            Map<String, Windows.ItemCounts> counts = new HashMap<>();
            for (int scopes = in.count(Windows.MAX_COUNTRIES + 1, 2); scopes > 0; scopes--) {
                String scope = Form.TEXT.read(in);
                Windows.ItemCounts of = new Windows.ItemCounts();
                for (int items = in.count(Windows.MAX_ITEMS, 2); items > 0; items--) {
                    of.add(in.upTo(size - 1), in.zigzag(), Windows.MAX_ITEMS);
                }
                if (of.size() > 0) {
                    counts.put(scope, of);
                }
            }
            if (!counts.isEmpty()) {
                windows.restore(new Windows.Window(length, start, Map.copyOf(counts)));
            }
        }
        return windows.seal();
    }
}

package dev.freshet.model;

import dev.freshet.event.EventType;
import dev.freshet.feature.Item;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.MalformedBytesException;
import dev.freshet.model.bytes.TextSource;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Reads what {@link SnapshotWriter} wrote; every index is checked, so that a damaged model is never
 * served.
 */
final class SnapshotReader {
    private static final EventType[] TYPES = EventType.values();
    private static final int MOST = Integer.MAX_VALUE - 1;

    private final ByteSource in;
    private final TextSource texts;
    private ModelSettings settings = ModelSettings.DEFAULT;
    private int size;
    private boolean learned = true;

    SnapshotReader(ByteSource in) {
        this.in = in;
        texts = new TextSource(in);
    }

    Model read() {
        int format = in.get();
        learned = format == SnapshotCodec.FORMAT;
        if (!learned && format != SnapshotCodec.WITHOUT_LEARNED) {
            throw new MalformedBytesException(
                    "a snapshot of format " + format + ", known are 1 and " + SnapshotCodec.FORMAT);
        }
        settings =
                new ModelSettings(
                        in.upTo(MOST), in.upTo(MOST), in.upTo(MOST), !learned || in.flag());
        Instant clock = Objects.requireNonNullElse(ItemCodec.instant(in), Instant.EPOCH);
        Totals totals = totals();
        Marks marks = DeltaCodec.marks(in);
        ItemTableDraft items = ItemTable.EMPTY.draft();
        Counts.Draft counts = Counts.EMPTY.draft();
        RatingCounts.Draft ratings = RatingCounts.EMPTY.draft();
        EmbeddingsDraft embeddings = Embeddings.EMPTY.draft();
        items(items, counts, ratings, embeddings);
        ScopedCounts scoped = scopes();
        Baskets baskets = baskets();
        if (format == SnapshotCodec.WITHOUT_LEARNED) {
            skipNextItems();
        }
        Terms terms = terms();
        Windows windows = windows();
        Learned steps = learned ? Learned.read(in, size) : Learned.EMPTY;
        in.end();
        return new Model(
                settings,
                new Model.State(
                        items.seal(),
                        counts.seal(),
                        ratings.seal(),
                        scoped,
                        baskets,
                        terms,
                        embeddings.seal(),
                        windows,
                        steps,
                        totals,
                        marks,
                        clock));
    }

    private Totals totals() {
        Map<EventType, Long> interactions = new EnumMap<>(EventType.class);
        for (int left = in.count(TYPES.length, 2); left > 0; left--) {
            interactions.put(TYPES[in.upTo(TYPES.length - 1)], in.varint());
        }
        return new Totals(
                interactions, in.varint(), in.varint(), in.varint(), in.varint(), in.varint());
    }

    private void items(
            ItemTableDraft items,
            Counts.Draft counts,
            RatingCounts.Draft ratings,
            EmbeddingsDraft embeddings) {
        size = in.count(settings.maxItems(), 10);
        for (int item = 0; item < size; item++) {
            require(
                    items.intern(texts.get(ItemCodec.MOST_NAME_BYTES), settings.maxItems()) == item,
                    "an item stands twice");
            if (in.flag()) {
                Item known = ItemCodec.read(in, texts);
                items.put(item, known);
                require(embeddings.put(item, known.embedding()), "more vectors than are kept");
            }
            items.times(item, time(), time());
            counts.totals().set(item, in.upTo(MOST));
            if (learned) {
                int count = in.upTo(MOST);
                ratings.restore(item, in.upTo(MOST), count);
            }
            for (int row = item * Counts.HALF_LIVES; row < (item + 1) * Counts.HALF_LIVES; row++) {
                counts.generations().set(row, time());
                counts.sums().set(2 * row, in.zigzag());
                counts.sums().set(2 * row + 1, in.zigzag());
            }
        }
    }

    private ScopedCounts scopes() {
        ScopedCounts.Draft scoped = ScopedCounts.EMPTY.draft();
        for (int left = in.count(ScopedCounts.MOST_SCOPES, 3); left > 0; left--) {
            String scope = in.text(ItemCodec.MOST_NAME_BYTES);
            ScopeCounts counts = new ScopeCounts();
            counts.restoreLast(time());
            for (int items = in.count(ScopeCounts.MOST_ITEMS, 7); items > 0; items--) {
                int item = item();
                int[] generations = {time(), time()};
                counts.restore(
                        item,
                        generations,
                        new long[] {in.zigzag(), in.zigzag(), in.zigzag(), in.zigzag()});
            }
            scoped.restore(scope, counts);
        }
        return scoped.seal();
    }

    private Baskets baskets() {
        BasketsDraft baskets = Baskets.EMPTY.draft();
        int readers = in.count(MOST, 9);
        for (int reader = 0; reader < readers; reader++) {
            long key = in.fixed64();
            int[] basket = new int[in.count(ModelSettings.BASKET_ENTRIES, 6) * Entries.WIDTH];
            for (int at = 0; at < Entries.size(basket); at++) {
                int item = item();
                int lastMet = time();
                long counted = in.zigzag();
                int countedAt =
                        counted == Long.MIN_VALUE
                                ? ModelTime.NEVER
                                : Math.toIntExact(counted + lastMet);
                int units = Math.toIntExact(in.zigzag());
                Entries.write(
                        basket,
                        at,
                        item,
                        lastMet,
                        countedAt,
                        Entries.pack(
                                units,
                                in.upTo(4_095),
                                learned ? in.upTo(Entries.MOST_HALF_STARS) : 0,
                                in.upTo(15)));
            }
            require(baskets.restore(key, basket) == reader, "a reader stands twice");
        }
        for (int item = 0; item < size; item++) {
            int[] postings = slots(readers);
            if (postings.length > 0) {
                baskets.restorePostings(item, postings);
            }
            int[] raters = learned ? slots(readers) : Entries.NONE;
            if (raters.length > 0) {
                baskets.restoreRaters(item, raters);
            }
        }
        return baskets.seal();
    }

    private int[] slots(int readers) {
        int[] slots = new int[in.count(ModelSettings.POSTINGS, 1)];
        for (int at = 0; at < slots.length; at++) {
            slots[at] = in.upTo(readers - 1);
        }
        return slots;
    }

    /** Format 1 kept a table of next items, which is no longer kept. */
    private void skipNextItems() {
        for (int item = 0; item < size; item++) {
            for (int left = 3 * in.count(10, 3); left > 0; left--) {
                in.upTo(MOST);
            }
        }
    }

    private Terms terms() {
        Terms.Draft terms = Terms.EMPTY.draft();
        int count = in.count(settings.maxTerms(), 6);
        for (int term = 0; term < count; term++) {
            int hash = in.fixed32();
            int holders = in.upTo(MOST);
            int[] items = new int[in.count(ModelSettings.ITEMS_PER_TERM, 1)];
            for (int at = 0; at < items.length; at++) {
                items[at] = item();
            }
            require(terms.restoreTerm(hash, holders, items) == term, "a term stands twice");
        }
        for (int item = 0; item < size; item++) {
            int[] packed = new int[in.count(ModelSettings.TERMS_PER_ITEM, 1)];
            for (int at = 0; at < packed.length; at++) {
                packed[at] = (int) in.varint();
                require(Terms.term(packed[at]) < count, "a term that is not there");
            }
            if (packed.length > 0) {
                terms.restoreItem(item, packed);
            }
        }
        return terms.seal();
    }

    private Windows windows() {
        WindowsDraft windows = Windows.EMPTY.draft();
        for (int left = in.count(2 * Windows.LENGTHS.size(), 3); left > 0; left--) {
            Duration length = Duration.ofSeconds(in.upTo(MOST));
            long start = in.zigzag();
            Map<String, Windows.ItemCounts> counts = new HashMap<>();
            for (int scopes = in.count(Windows.MOST_COUNTRIES + 1, 2); scopes > 0; scopes--) {
                String scope = in.text(ItemCodec.MOST_NAME_BYTES);
                Windows.ItemCounts of = new Windows.ItemCounts();
                for (int items = in.count(Windows.MOST_ITEMS, 2); items > 0; items--) {
                    of.add(item(), in.zigzag(), Windows.MOST_ITEMS);
                }
                counts.put(scope, of);
            }
            windows.restore(new Windows.Window(length, start, Map.copyOf(counts)));
        }
        return windows.seal();
    }

    private int item() {
        return in.upTo(size - 1);
    }

    private int time() {
        return Math.toIntExact(in.zigzag());
    }

    private static void require(boolean holds, String why) {
        if (!holds) {
            throw new MalformedBytesException(why);
        }
    }
}

package dev.freshet.model.codec;

import dev.freshet.catalog.Item;
import dev.freshet.event.EventType;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ItemCodec;
import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.Model;
import dev.freshet.model.audience.Audience;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.MalformedBytesException;
import dev.freshet.model.bytes.StoredFormat;
import dev.freshet.model.bytes.TextSource;
import dev.freshet.model.content.Embeddings;
import dev.freshet.model.content.EmbeddingsDraft;
import dev.freshet.model.content.Terms;
import dev.freshet.model.experiment.ExperimentOutcomes;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.item.ItemTableDraft;
import dev.freshet.model.item.WaitingInteractions;
import dev.freshet.model.learn.LearnedState;
import dev.freshet.model.memory.MemoryNames;
import dev.freshet.model.outcome.Outcomes;
import dev.freshet.model.popularity.Counts;
import dev.freshet.model.popularity.Decay;
import dev.freshet.model.popularity.ModelTotals;
import dev.freshet.model.popularity.ScopeCounts;
import dev.freshet.model.popularity.ScopedCounts;
import dev.freshet.model.popularity.Windows;
import dev.freshet.model.popularity.WindowsDraft;
import dev.freshet.model.rating.RatingCounts;
import dev.freshet.model.settings.ModelSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The decoder of the bytes that {@link SnapshotWriter} writes. Every index is checked, so that a
 * damaged model is never served.
 */
final class SnapshotReader {
    private static final int MOST = Integer.MAX_VALUE - 1;
    private static final int MOST_GENERATION = 1 << 18;

    /** The first version with outcomes and experiments. */
    private static final int WITH_OUTCOMES = 2;

    /** The first version with attributes of several types. */
    private static final int WITH_TYPED_ATTRIBUTES = 2;

    private final ByteSource in;
    private final TextSource texts;
    private ModelSettings settings = ModelSettings.DEFAULT;
    private int size;

    SnapshotReader(ByteSource in) {
        this.in = in;
        texts = new TextSource(in);
    }

    Model read() {
        int version = StoredFormat.SNAPSHOT.read(in);
        settings =
                new ModelSettings(in.upTo(MOST), in.upTo(MOST), in.upTo(MOST), in.flag())
                        .under(DeltaCodec.catalogue(in));
        Instant clock = Objects.requireNonNullElse(ItemCodec.instant(in), Instant.EPOCH);
        ModelTotals totals = totals();
        HighWaterMarks marks = DeltaCodec.marks(in);
        ItemTableDraft items = ItemTable.EMPTY.draft();
        Counts.Draft counts = Counts.EMPTY.draft();
        RatingCounts.Draft ratings = RatingCounts.EMPTY.draft();
        EmbeddingsDraft embeddings = Embeddings.EMPTY.draft();
        items(items, version >= WITH_TYPED_ATTRIBUTES, counts, ratings, embeddings);
        ScopedCounts scoped = scopes();
        boolean before = version < WITH_OUTCOMES;
        Baskets baskets = BasketsCodec.read(in, size, !before);
        Terms terms = terms();
        Windows windows = windows();
        LearnedState steps = LearnedState.read(in, size, !before);
        WaitingInteractions waiting = waiting();
        Outcomes outcomes = before ? Outcomes.NONE : OutcomesCodec.read(in);
        ExperimentOutcomes experiments =
                before ? ExperimentOutcomes.NONE : ExperimentsCodec.read(in);
        Audience audience = before ? Audience.NONE : AudienceCodec.read(in, texts, size);
        MemoryNames memory = before ? MemoryNames.NONE : MemoryNames.read(in, size);
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
                        waiting,
                        outcomes,
                        experiments,
                        audience,
                        memory,
                        totals,
                        marks,
                        clock));
    }

    private ModelTotals totals() {
        Map<EventType, Long> interactions = new EnumMap<>(EventType.class);
        for (int left = in.count(EventType.NUMBERS, 2); left > 0; left--) {
            interactions.put(type(), in.varint());
        }
        return new ModelTotals(
                interactions, in.varint(), in.varint(), in.varint(), in.varint(), in.varint());
    }

    private EventType type() {
        int number = in.upTo(EventType.NUMBERS - 1);
        return EventType.ofNumber(number)
                .orElseThrow(
                        () -> new MalformedBytesException("an event type of number " + number));
    }

    private void items(
            ItemTableDraft items,
            boolean typed,
            Counts.Draft counts,
            RatingCounts.Draft ratings,
            EmbeddingsDraft embeddings) {
        size = in.count(settings.maxItems(), 10);
        for (int item = 0; item < size; item++) {
            require(
                    items.intern(texts.get(ItemCodec.MOST_NAME_BYTES), settings.maxItems()) == item,
                    "the snapshot contains an item twice");
            if (in.flag()) {
                Item known = ItemCodec.read(in, texts, typed);
                items.put(item, known);
                require(
                        embeddings.put(item, known.embedding()),
                        "the snapshot contains more embedding vectors than the bound allows");
            }
            items.times(item, time(), time());
            counts.totals().set(item, in.upTo(MOST));
            int rated = in.upTo(MOST);
            ratings.restore(item, in.upTo(MOST), rated);
            ratings.liked(item, typed ? in.upTo(MOST) : 0);
            for (int row = item * Counts.HALF_LIVES; row < (item + 1) * Counts.HALF_LIVES; row++) {
                int state = state();
                long even = in.zigzag();
                long odd = in.zigzag();
                counts.states().set(row, state);
                counts.sums().set(2 * row, even);
                counts.sums().set(2 * row + 1, odd);
            }
        }
    }

    private ScopedCounts scopes() {
        ScopedCounts.Draft scoped = ScopedCounts.EMPTY.draft();
        for (int left = in.count(ScopedCounts.MOST_SCOPES, 3); left > 0; left--) {
            String scope = in.text(ItemCodec.MOST_NAME_BYTES);
            ScopeCounts counts = new ScopeCounts();
            for (int items = in.count(ScopeCounts.MOST_ITEMS, 7); items > 0; items--) {
                int item = item();
                int[] states = {state(), state()};
                long[] sums = {in.zigzag(), in.zigzag(), in.zigzag(), in.zigzag()};
                counts.restore(item, states, sums);
            }
            scoped.restore(scope, counts);
        }
        return scoped.seal();
    }

    /** A row's state. */
    private int state() {
        int newest = time();
        require(
                newest >= -MOST_GENERATION && newest <= MOST_GENERATION,
                "a generation of decayed counts is out of range");
        int gap = in.upTo(Decay.MOST_GAP);
        require(gap != 1, "a row of decayed counts has a lost generation that it still holds");
        return Decay.state(newest, gap == 0 ? Decay.NOTHING_LOST : newest - gap);
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
            require(
                    terms.restoreTerm(hash, holders, items) == term,
                    "the snapshot contains a term twice");
        }
        for (int item = 0; item < size; item++) {
            int[] packed = new int[in.count(ModelSettings.TERMS_PER_ITEM, 1)];
            for (int at = 0; at < packed.length; at++) {
                packed[at] = (int) in.varint();
                require(
                        Terms.term(packed[at]) < count,
                        "an item has a term that the snapshot does not contain");
            }
            if (packed.length > 0) {
                terms.restoreItem(item, packed);
            }
        }
        return terms.seal();
    }

    private Windows windows() {
        WindowsDraft windows = Windows.EMPTY.draft();
        for (int length = 0; length < Windows.LENGTHS.size(); length++) {
            windows.restoreFloor(length, in.zigzag());
        }
        for (int left = in.count(2 * Windows.LENGTHS.size(), 3); left > 0; left--) {
            Duration length = Duration.ofSeconds(in.upTo(MOST));
            require(Windows.LENGTHS.contains(length), "a window has an unknown length");
            long start = in.zigzag();
            Map<String, Windows.ItemCounts> counts = new HashMap<>();
            for (int scopes = in.count(Windows.MOST_COUNTRIES + 1, 2); scopes > 0; scopes--) {
                String scope = in.text(ItemCodec.MOST_NAME_BYTES);
                Windows.ItemCounts of = new Windows.ItemCounts();
                for (int items = in.count(Windows.MOST_ITEMS, 2); items > 0; items--) {
                    of.add(item(), in.zigzag(), Windows.MOST_ITEMS);
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

    private WaitingInteractions waiting() {
        List<Example.Interaction> inOrder = new ArrayList<>();
        for (Example example : ExampleCodec.decode(in.bytes(MOST))) {
            if (!(example instanceof Example.Interaction interaction)) {
                throw new MalformedBytesException("what waits for an item is no interaction");
            }
            inOrder.add(interaction);
        }
        return new WaitingInteractions(inOrder);
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

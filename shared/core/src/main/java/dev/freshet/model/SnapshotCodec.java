package dev.freshet.model;

import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ItemForm;
import dev.freshet.model.basket.BasketChange.Opinion;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.Fields;
import dev.freshet.model.bytes.Form;
import dev.freshet.model.bytes.MalformedBytesException;
import dev.freshet.model.bytes.StoredFormat;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.item.WaitingInteractions;
import dev.freshet.model.learn.LearnedState;
import dev.freshet.model.memory.MemoryNames;
import dev.freshet.model.popularity.Counts;
import dev.freshet.model.popularity.Decay;
import dev.freshet.model.popularity.ModelTotals;
import dev.freshet.model.popularity.ScopedCounts;
import dev.freshet.model.popularity.Windows;
import dev.freshet.model.rating.RatingCounts;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.vectors.Embeddings;
import dev.freshet.model.vectors.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The binary form of whole models. It is canonical: models that result from the same examples have
 * equal bytes, whether folded in one go or continued from a snapshot; the version number is not
 * part of it. ≈ 12 B a basket entry, ≈ 60 B an item and its texts.
 */
public final class SnapshotCodec {
    private static final int MAX = Integer.MAX_VALUE - 1;

    private static final Form<ModelSettings> SETTINGS =
            fields ->
                    new ModelSettings(
                                    fields.upTo(MAX, of -> of.bounds().maxItems()),
                                    fields.upTo(MAX, of -> of.bounds().maxEntries()),
                                    fields.upTo(MAX, of -> of.bounds().maxTerms()),
                                    fields.flag(of -> of.bounds().learns()))
                            .withCatalogue(
                                    fields.part(DeltaCodec.CATALOGUE, ModelSettings::catalogue));

    private static final Form<WaitingInteractions> WAITING =
            fields ->
                    waiting(
                            fields.part(
                                    ExampleCodec.BATCH, waiting -> List.copyOf(waiting.inOrder())));

    private static final Form<Model> MODEL =
            fields -> {
                ModelSettings settings = fields.part(SETTINGS, Model::settings);
                return new Model(settings, state(fields, settings));
            };

    private SnapshotCodec() {}

    /** Encodes a model. */
    public static byte[] encode(Model model) {
        return StoredFormat.SNAPSHOT.encode(model, MODEL, 1 << 16);
    }

    /**
     * Decodes a model and the settings that it was made under. Every index is checked, so that a
     * damaged model is never served.
     *
     * @throws MalformedBytesException when the bytes are not a valid model
     */
    public static Model decode(byte[] bytes) {
        return StoredFormat.SNAPSHOT.decode(bytes, MODEL);
    }

    private static Model.State state(Fields<Model> fields, ModelSettings settings) {
        Instant clock = part(fields, ItemForm.INSTANT, Model.State::clock);
        ModelTotals totals = part(fields, ModelTotals.FORM, Model.State::totals);
        HighWaterMarks marks = part(fields, DeltaCodec.MARKS, Model.State::marks);
        ItemsForm rows =
                part(fields, ItemsForm.of(settings.bounds().maxItems()), SnapshotCodec::rows);
        int size = rows.items().size();
        ScopedCounts scoped = part(fields, ScopedCounts.form(size), Model.State::scoped);
        Baskets baskets = part(fields, Baskets.form(size), Model.State::baskets);
        Terms terms =
                part(fields, Terms.form(settings.bounds().maxTerms(), size), Model.State::terms);
        Windows windows = part(fields, Windows.form(size), Model.State::windows);
        return new Model.State(
                rows.items(),
                rows.counts(),
                rows.ratings(),
                scoped,
                baskets,
                terms,
                rows.embeddings(),
                windows,
                part(fields, LearnedState.form(size), Model.State::learned),
                part(fields, WAITING, Model.State::waiting),
                part(fields, OutcomesForm.OUTCOMES, Model.State::outcomes),
                part(fields, ExperimentsForm.EXPERIMENTS, Model.State::experiments),
                part(fields, AudienceForm.of(size), Model.State::audience),
                part(fields, MemoryNames.form(size), Model.State::memory),
                totals,
                marks,
                clock);
    }

    private static <P> P part(Fields<Model> fields, Form<P> form, Function<Model.State, P> part) {
        return fields.part(form, model -> part.apply(model.state()));
    }

    private static ItemsForm rows(Model.State state) {
        return new ItemsForm(state.items(), state.counts(), state.ratings(), state.embeddings());
    }

    private static WaitingInteractions waiting(List<Example> examples) {
        List<Example.Interaction> inOrder = new ArrayList<>(examples.size());
        for (Example example : examples) {
            if (!(example instanceof Example.Interaction interaction)) {
                throw new MalformedBytesException("what waits for an item is no interaction");
            }
            inOrder.add(interaction);
        }
        return new WaitingInteractions(inOrder);
    }

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
                for (int row = item * Counts.HALF_LIVES;
                        row < (item + 1) * Counts.HALF_LIVES;
                        row++) {
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
                for (int row = item * Counts.HALF_LIVES;
                        row < (item + 1) * Counts.HALF_LIVES;
                        row++) {
                    counts.states().set(row, Decay.STATE.read(in));
                    counts.sums().set(2 * row, in.zigzag());
                    counts.sums().set(2 * row + 1, in.zigzag());
                }
            }
            return new ItemsForm(items.seal(), counts.seal(), ratings.seal(), embeddings.seal());
        }
    }
}

package dev.freshet.model;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import dev.freshet.example.ModelTime;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.basket.BasketChange;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.basket.BasketsDraft;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.item.WaitingInteractions;
import dev.freshet.model.learn.BlendLearner;
import dev.freshet.model.learn.FactorLearner;
import dev.freshet.model.learn.LearnedState;
import dev.freshet.model.learn.RatingLearner;
import dev.freshet.model.memory.LongMemory;
import dev.freshet.model.memory.MemoryNames;
import dev.freshet.model.part.CountedEvent;
import dev.freshet.model.part.FoldContext;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.part.PartDraft;
import dev.freshet.model.popularity.ModelTotals;
import dev.freshet.model.rows.Continuation;
import dev.freshet.model.rows.IntArrays;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.signal.FactorSignals;
import dev.freshet.model.vectors.Factors;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mutable continuation of a model, which folds examples into it: it takes them in order, copies
 * each changed row once, and returns the next version from {@link #seal}. Used by one thread. No
 * content of an example makes it throw.
 */
public final class ModelDraft implements Continuation<Model> {
    private final FoldContext live = new LiveModel();
    private final List<PartDraft<?>> parts;
    private final ModelClock clock;
    private final ModelTotals.Draft totals;
    private final HighWaterMarks.Draft marks;
    private final ItemRows.Draft rows;
    private final BasketsDraft baskets;
    private final LearnedState.Draft learned;
    private final WaitingInteractions.Draft waiting;
    private final MemoryNames.Draft names;
    private final LongMemory.Loader loader;
    private final boolean learns;
    private ModelSettings settings;
    private LongMemory memory;

    /**
     * Creates a continuation.
     *
     * @param learns whether to learn by steps; otherwise learned rows only change by {@link
     *     #follow}
     * @param loader loads neighbours that are named from now on
     */
    ModelDraft(Model from, boolean learns, LongMemory.Loader loader) {
        parts = ModelParts.ALL.stream().<PartDraft<?>>map(part -> draft(part, from)).toList();
        clock = draft(ModelClock.PART, ModelClock.class);
        totals = draft(ModelTotals.PART, ModelTotals.Draft.class);
        marks = draft(HighWaterMarks.PART, HighWaterMarks.Draft.class);
        rows = draft(ItemRows.PART, ItemRows.Draft.class);
        baskets = draft(Baskets.PART, BasketsDraft.class);
        learned = draft(LearnedState.PART, LearnedState.Draft.class);
        waiting = draft(WaitingInteractions.PART, WaitingInteractions.Draft.class);
        names = draft(MemoryNames.PART, MemoryNames.Draft.class);
        settings = from.settings();
        memory = from.longMemory();
        this.loader = loader;
        this.learns = learns;
    }

    private static <V> PartDraft<V> draft(ModelPart<V> part, Model from) {
        return part.draft().apply(from.part(part));
    }

    private <D extends PartDraft<?>> D draft(ModelPart<?> part, Class<D> type) {
        return type.cast(parts.get(part.at()));
    }

    /**
     * Folds one example.
     *
     * @return false when nothing changed: the example's sequence number is at or below its shard's
     *     high-water mark, or an item's version is not above the known one
     */
    public boolean apply(Example example) {
        if (example instanceof Example.FromEvents fromEvents) {
            if (!marks.advance(fromEvents.source())) {
                return false;
            }
            totals.applied(fromEvents);
        }
        switch (example) {
            case Example.Interaction interaction -> {
                clock.advance(interaction.at());
                learn(interaction);
                parts.forEach(part -> part.happened(interaction, live));
            }
            case Example.Exposure exposure -> {
                if (learns) {
                    BlendLearner.shown(exposure, this::peek, learned.blend());
                }
                parts.forEach(part -> part.shown(exposure, live));
            }
            case Example.Retraction(_, Example.Interaction retracted) -> {
                if (!waiting.retract(retracted)) {
                    retract(retracted);
                }
                parts.forEach(part -> part.takenBack(retracted));
            }
            case Example.Merge merge -> {
                apply(baskets.merge(merge.from(), merge.into()));
                parts.forEach(part -> part.merged(merge));
            }
            case Example.Forget(_, Pseudonym user) -> {
                apply(baskets.forget(user));
                parts.forEach(part -> part.forgotten(user));
            }
            case Example.ItemChanged changed -> {
                return change(changed);
            }
            case Example.Definition _ -> {
                return announced(example);
            }
            case Example.Neighbours _ -> {
                if (!announced(example)) {
                    return false;
                }
                memory = loader.load(names.latest(), rows.items().peek(), memory);
            }
        }
        return true;
    }

    private boolean announced(Example announcement) {
        boolean changed = false;
        for (PartDraft<?> part : parts) {
            changed |= part.announced(announcement, live);
        }
        return changed;
    }

    /** Applies a delta of another trainer: its examples are folded, its learned rows are copied. */
    public void follow(Delta delta) {
        if (!delta.examples().isEmpty()) {
            catalogue(delta.catalogue());
        }
        delta.examples().forEach(this::apply);
        learned.set(delta.learned(), rows.items().size());
    }

    /**
     * Changes the treatment of items that are in no catalogue, from the next example on. Where none
     * is needed any more, the interactions that wait for it are learned.
     */
    public void catalogue(CatalogueMode mode) {
        if (mode != settings.catalogue()) {
            settings = settings.withCatalogue(mode);
            if (mode == CatalogueMode.OPEN) {
                waiting.takeAll().forEach(this::learnItem);
            }
        }
    }

    /** Returns the learned rows that changed since this draft began. */
    public LearnedState.Rows learned() {
        return learns ? learned.changed() : LearnedState.Rows.NONE;
    }

    /** Returns how many moves of a blend weight its bound cut short since this draft began. */
    public int boundedMoves() {
        return learned.blend().boundedMoves();
    }

    /** Returns the model with every example applied so far. */
    @Override
    public Model content(boolean sealed) {
        return new Model(
                settings, ModelParts.of(part -> parts.get(part.at()).content(sealed)), memory);
    }

    private void learn(Example.Interaction interaction) {
        if (!interaction.target().isItem()) {
            return;
        }
        if (settings.catalogue() == CatalogueMode.CLOSED
                && !rows.items().isCatalogued(interaction.target().id())) {
            if (waiting.add(interaction)) {
                totals.beyondBounds();
            }
        } else {
            learnItem(interaction);
        }
    }

    private void learnItem(Example.Interaction interaction) {
        boolean waits = baskets.waits(interaction);
        if (learns && !waits) {
            double weight = settings.objective().weight(interaction.type());
            BlendLearner.learn(interaction, weight, this::peek, learned.blend());
        }
        if (learns && !baskets.withholds(interaction)) {
            learned.ratings(RatingLearner.learn(interaction, this::peek, learned.ratings()));
        }
        ItemTable.Draft items = rows.items();
        int item =
                items.internUncatalogued(
                        interaction.target().id(),
                        settings.bounds().maxItems(),
                        settings.bounds().maxUncatalogued());
        if (item < 0) {
            totals.beyondBounds();
            return;
        }
        boolean factors = !settings.leftOut().contains(FactorSignals.SOURCE.wireName());
        if (learns && factors && !waits && interaction.strength() > 0) {
            FactorLearner.learn(interaction, item, peek(), learned.factors());
        }
        items.known(item, ModelTime.of(interaction.receivedAt()));
        parts.forEach(part -> part.interacted(interaction, item, 1));
        if (!waits) {
            items.interacted(item, ModelTime.of(interaction.at()));
        }
        apply(baskets.interact(interaction, item, settings.bounds().maxEntries()));
        baskets.join(interaction.user(), interaction.standing().cohorts());
        if (interaction.strength() > 0 && !waits) {
            learned.recent().interacted(item);
        }
        if (learns) {
            learned.drawSegments(this::peek, clock.content(false));
        }
    }

    private void retract(Example.Interaction interaction) {
        int item = interaction.target().isItem() ? live.index(interaction.target().id()) : -1;
        if (item >= 0) {
            parts.forEach(part -> part.interacted(interaction, item, -1));
            apply(baskets.retract(interaction, item));
        }
    }

    /** Changes the sums over all users by what changed in a basket. */
    private void apply(BasketChange change) {
        change.opinions().forEach(rows.ratings()::change);
        count(change.added(), 1);
        count(change.removed(), -1);
        if (learns) {
            change.unlearned().forEach(this::unlearn);
        }
        count(change.dropped(), -1);
    }

    private void count(List<CountedEvent> events, int sign) {
        for (CountedEvent event : events) {
            parts.forEach(part -> part.count(event, sign, live));
        }
    }

    /** Takes one interaction's share of an item's learned vector back. */
    private void unlearn(int item) {
        Item known = rows.items().catalogued(item);
        int[] labels = known == null ? IntArrays.NONE : Factors.labels(known);
        learned.factors().retract(item, labels, rows.counts().totals().get(item));
    }

    private boolean change(Example.ItemChanged changed) {
        ItemTable.Draft items = rows.items();
        int item = items.intern(changed.item().itemId(), settings.bounds().maxItems());
        if (item < 0) {
            totals.beyondBounds();
            return true;
        }
        Item known = items.catalogued(item);
        if (known != null && known.version() >= changed.item().version()) {
            return false;
        }
        if (!rows.put(item, changed.item())) {
            totals.beyondBounds();
        }
        items.known(item, ModelTime.of(changed.putAt()));
        parts.forEach(part -> part.put(item, changed, live));
        if (known == null) {
            waiting.take(changed.item().itemId()).forEach(this::learnItem);
        }
        return true;
    }

    /** What parts may ask of this model while they fold. */
    private final class LiveModel implements FoldContext {
        @Override
        public ModelSettings.Bounds bounds() {
            return settings.bounds();
        }

        @Override
        public Instant clock() {
            return clock.content(false);
        }

        @Override
        public int items() {
            return rows.items().size();
        }

        @Override
        public int index(String itemId) {
            return rows.items().index(itemId);
        }

        @Override
        public @Nullable Item catalogued(int item) {
            return rows.items().catalogued(item);
        }

        @Override
        public int itemsSince(Pseudonym user, Instant since) {
            return BasketEntries.itemsSince(baskets.peek().basket(user), ModelTime.of(since));
        }
    }
}

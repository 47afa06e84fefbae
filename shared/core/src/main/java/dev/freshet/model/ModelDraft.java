package dev.freshet.model;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.catalog.Item;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.example.ModelTime;
import dev.freshet.model.basket.BasketChange;
import dev.freshet.model.basket.BasketsDraft;
import dev.freshet.model.basket.CountedEvents.CountedEvent;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.item.WaitingInteractions;
import dev.freshet.model.learn.BlendLearner;
import dev.freshet.model.learn.FactorLearner;
import dev.freshet.model.learn.LearnedState;
import dev.freshet.model.learn.RatingLearner;
import dev.freshet.model.memory.LongMemory;
import dev.freshet.model.memory.MemoryNames;
import dev.freshet.model.popularity.CountryDevice;
import dev.freshet.model.popularity.Counts;
import dev.freshet.model.popularity.ModelTotals;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.popularity.ScopedCounts;
import dev.freshet.model.popularity.Windows;
import dev.freshet.model.rating.RatingCounts;
import dev.freshet.model.rows.Continuation;
import dev.freshet.model.rows.IntArrays;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.signal.FactorSignals;
import dev.freshet.model.sums.Audience;
import dev.freshet.model.sums.ExperimentOutcomes;
import dev.freshet.model.sums.Outcomes;
import dev.freshet.model.vectors.Embeddings;
import dev.freshet.model.vectors.Factors;
import dev.freshet.model.vectors.Terms;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The mutable continuation of a model, which folds examples into it: it takes them in order, copies
 * each changed row once, and returns the next version from {@link #seal}. Used by one thread. No
 * content of an example makes it throw.
 */
public final class ModelDraft implements Continuation<Model> {
    private ModelSettings settings;
    private final ItemTable.Draft items;
    private final Counts.Draft counts;
    private final RatingCounts.Draft ratings;
    private final ScopedCounts.Draft scoped;
    private final BasketsDraft baskets;
    private final Terms.Draft terms;
    private final Embeddings.Draft embeddings;
    private final Windows.Draft windows;
    private final LearnedState.Draft learned;
    private final WaitingInteractions.Draft waiting;
    private final Outcomes.Draft outcomes;
    private final ExperimentOutcomes.Draft experiments;
    private final Audience.Draft audience;
    private final LongMemory.Loader loader;
    private MemoryNames memories;
    private LongMemory memory;
    private final boolean learns;
    private final Tally tally;
    private final TreeMap<String, BigInteger> marks;
    private Instant clock;

    /**
     * Creates a continuation.
     *
     * @param learns whether to learn by steps; otherwise learned rows only change by {@link
     *     #follow}
     * @param loader loads neighbours that are named from now on
     */
    ModelDraft(Model from, boolean learns, LongMemory.Loader loader) {
        Model.State state = from.state();
        settings = from.settings();
        items = state.items().draft();
        counts = state.counts().draft();
        ratings = state.ratings().draft();
        scoped = state.scoped().draft();
        baskets = state.baskets().draft();
        terms = state.terms().draft();
        embeddings = state.embeddings().draft();
        windows = state.windows().draft();
        learned = state.learned().draft();
        waiting = state.waiting().draft();
        outcomes = state.outcomes().draft();
        experiments = state.experiments().draft();
        audience = state.audience().draft();
        memories = state.memory();
        memory = from.longMemory();
        this.loader = loader;
        this.learns = learns;
        tally = new Tally(state.totals());
        marks = new TreeMap<>(state.marks().byShard());
        clock = state.clock();
    }

    /**
     * Folds one example.
     *
     * @return false when nothing changed: the example's sequence number is at or below its shard's
     *     high-water mark, or an item's version is not above the known one
     */
    public boolean apply(Example example) {
        if (example instanceof Example.FromEvents fromEvents && !advance(fromEvents.source())) {
            return false;
        }
        switch (example) {
            case Example.Interaction interaction -> learn(interaction);
            case Example.Exposure exposure -> {
                outcomes.shown(exposure);
                if (learns) {
                    BlendLearner.shown(exposure, this::peek, learned.blend());
                }
                shown(exposure);
                experiments.shown(exposure, () -> itemsBefore(exposure));
            }
            case Example.Retraction retraction -> {
                tally.retractions++;
                if (retraction.retracted().credit() != null) {
                    outcomes.takenBack(
                            retraction.retracted().credit(), retraction.retracted().user());
                }
                experiments.takenBack(retraction.retracted());
                if (!waiting.retract(retraction.retracted())) {
                    retract(retraction.retracted());
                }
            }
            case Example.Merge merge -> {
                tally.merges++;
                experiments.merged(merge);
                waiting.merge(merge.from(), merge.into());
                apply(baskets.merge(merge.from(), merge.into()));
            }
            case Example.Forget forget -> {
                tally.forgets++;
                waiting.forget(forget.user());
                apply(baskets.forget(forget.user()));
            }
            case Example.ItemChanged changed -> {
                return change(changed);
            }
            case Example.ExperimentChanged changed -> {
                return experiments.change(changed);
            }
            case Example.Neighbours named -> {
                return remember(named);
            }
        }
        return true;
    }

    private boolean remember(Example.Neighbours named) {
        if (!memories.accepts(named)) {
            return false;
        }
        MemoryNames next = memories.with(named, items.size());
        memory = loader.load(next.latest().orElseThrow(), items.peek(), memory);
        memories = next;
        return true;
    }

    /** Applies a delta of another trainer: its examples are folded, its learned rows are copied. */
    public void follow(Delta delta) {
        if (!delta.examples().isEmpty()) {
            catalogue(delta.catalogue());
        }
        delta.examples().forEach(this::apply);
        learned.set(delta.learned(), items.size());
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

    /**
     * Returns the model with every example applied so far. Windows, waiting interactions, outcomes,
     * experiments, totals and marks are left out of a view.
     */
    @Override
    public Model content(boolean sealed) {
        return new Model(
                settings,
                new Model.State(
                        items.content(sealed),
                        counts.content(sealed),
                        ratings.content(sealed),
                        scoped.content(sealed),
                        baskets.content(sealed),
                        terms.content(sealed),
                        embeddings.content(sealed),
                        sealed ? windows.seal() : Windows.EMPTY,
                        learned.content(sealed),
                        sealed ? waiting.seal() : WaitingInteractions.EMPTY,
                        sealed ? outcomes.seal() : Outcomes.NONE,
                        sealed ? experiments.seal() : ExperimentOutcomes.NONE,
                        sealed ? audience.seal() : audience.peek(),
                        memories,
                        sealed ? tally.seal() : ModelTotals.NONE,
                        sealed ? HighWaterMarks.of(marks) : HighWaterMarks.NONE,
                        clock),
                memory);
    }

    private boolean advance(ShardPosition source) {
        BigInteger mark = marks.get(source.shard());
        if (mark != null && source.sequence().compareTo(mark) <= 0) {
            return false;
        }
        marks.put(source.shard(), source.sequence());
        return true;
    }

    /**
     * Returns the number of items that a user interacted with in the days before a list and up to
     * now: what the user did before the list is received is in the basket, and nothing after it.
     */
    private int itemsBefore(Example.Exposure list) {
        Instant since =
                Instant.EPOCH.plus(list.day() - ExperimentOutcomes.DAYS_BEFORE, ChronoUnit.DAYS);
        return BasketEntries.itemsSince(baskets.peek().basket(list.user()), ModelTime.of(since));
    }

    /**
     * Counts the showings of a list by item, and the clicks that came before it. An example of a
     * list has no time: it was seen at the model's clock, or on the day of its issue if that is
     * later.
     */
    private void shown(Example.Exposure list) {
        Instant issued = Instant.EPOCH.plus(list.day(), ChronoUnit.DAYS);
        int time = ModelTime.of(clock.isAfter(issued) ? clock : issued);
        for (Example.Exposure.Place place : list.places()) {
            int item = items.index(place.itemId());
            if (item >= 0) {
                audience.items().shown(item, time);
                for (ListCredit click : list.earlier()) {
                    if (click.kind() == OutcomeKind.CLICK && click.position() == place.position()) {
                        audience.items().clicked(item, time);
                    }
                }
            }
        }
    }

    private void clicked(Example.Interaction interaction) {
        ListCredit credit = interaction.credit();
        if (credit != null
                && credit.kind() == OutcomeKind.CLICK
                && credit.attributed()
                && credit.seen()) {
            int item = items.index(interaction.target().id());
            if (item >= 0) {
                audience.items().clicked(item, ModelTime.of(interaction.at()));
            }
        }
    }

    private void read(int item, Example.Interaction interaction, int sign) {
        if (interaction.measured() > 0) {
            switch (interaction.type()) {
                case DWELL -> audience.items().dwelt(item, interaction.measured(), sign);
                case SCROLL -> audience.items().scrolled(item, interaction.measured(), sign);
                default -> {}
            }
        }
    }

    private void learn(Example.Interaction interaction) {
        if (interaction.credit() != null) {
            outcomes.happened(interaction.credit(), interaction.user());
        }
        experiments.happened(interaction);
        tally.interaction(interaction.type());
        clock = interaction.at().isAfter(clock) ? interaction.at() : clock;
        if (interaction.target().isItem()) {
            learnOfItem(interaction);
            clicked(interaction);
        }
    }

    private void learnOfItem(Example.Interaction interaction) {
        if (settings.catalogue() == CatalogueMode.CLOSED
                && !items.isCatalogued(interaction.target().id())) {
            tally.beyondBounds += waiting.add(interaction) ? 1 : 0;
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
        int item =
                items.internUncatalogued(
                        interaction.target().id(),
                        settings.bounds().maxItems(),
                        settings.bounds().maxUncatalogued());
        if (item < 0) {
            tally.beyondBounds++;
            return;
        }
        boolean factors = !settings.leftOut().contains(FactorSignals.SOURCE.wireName());
        if (learns && factors && !waits && interaction.strength() > 0) {
            FactorLearner.learn(interaction, item, peek(), learned.factors());
        }
        items.known(item, ModelTime.of(interaction.receivedAt()));
        read(item, interaction, 1);
        if (!waits) {
            items.interacted(item, ModelTime.of(interaction.at()));
        }
        apply(baskets.interact(interaction, item, settings.bounds().maxEntries()));
        baskets.join(interaction.user(), interaction.standing().cohorts());
        if (interaction.strength() > 0 && !waits) {
            learned.recent().interacted(item);
        }
        if (learns) {
            learned.drawSegments(this::peek, clock);
        }
    }

    private void retract(Example.Interaction interaction) {
        int item = interaction.target().isItem() ? items.index(interaction.target().id()) : -1;
        if (item >= 0) {
            read(item, interaction, -1);
            apply(baskets.retract(interaction, item));
        }
    }

    /** Changes the sums over all users by what changed in a basket. */
    private void apply(BasketChange change) {
        change.opinions().forEach(ratings::change);
        for (CountedEvent event : change.added()) {
            items.interacted(event.item(), event.time());
            count(event, 1);
        }
        change.removed().forEach(event -> count(event, -1));
        if (learns) {
            change.unlearned().forEach(this::unlearn);
        }
        change.dropped().forEach(event -> count(event, -1));
    }

    /** Takes one interaction's share of an item's learned vector back. */
    private void unlearn(int item) {
        Item known = items.catalogued(item);
        int[] labels = known == null ? IntArrays.NONE : Factors.labels(known);
        learned.factors().retract(item, labels, counts.totals().get(item));
    }

    private void count(CountedEvent event, int sign) {
        int item = event.item();
        String country = CountryDevice.country(event.place());
        String device = CountryDevice.device(event.place());
        counts.add(item, event.time(), sign);
        if (country != null) {
            scoped.add(Scope.country(country), item, event.time(), sign);
        }
        if (device != null) {
            scoped.add(Scope.device(device), item, event.time(), sign);
        }
        long seconds = ModelTime.epochSeconds(event.time());
        windows.add(item, seconds, country, sign);
        Item known = items.catalogued(item);
        if (known != null) {
            audience.topics().add(known, seconds, country, sign);
        }
    }

    private boolean change(Example.ItemChanged changed) {
        int item = items.intern(changed.item().itemId(), settings.bounds().maxItems());
        if (item < 0) {
            tally.beyondBounds++;
            return true;
        }
        Item known = items.catalogued(item);
        if (known != null && known.version() >= changed.item().version()) {
            return false;
        }
        tally.itemChanges++;
        items.put(item, changed.item());
        items.known(item, ModelTime.of(changed.putAt()));
        if (!embeddings.put(item, changed.item().embedding())) {
            tally.beyondBounds++;
        }
        terms.put(
                item,
                changed.item().deleted() ? Map.of() : changed.terms(),
                settings.bounds().maxTerms());
        if (known == null) {
            waiting.take(changed.item().itemId()).forEach(this::learnItem);
        }
        return true;
    }

    /** The mutable continuation of {@link ModelTotals}. */
    private static final class Tally {
        private final EnumMap<EventType, Long> interactions = new EnumMap<>(EventType.class);
        private long retractions;
        private long merges;
        private long forgets;
        private long itemChanges;
        private long beyondBounds;

        private Tally(ModelTotals from) {
            interactions.putAll(from.interactions());
            retractions = from.retractions();
            merges = from.merges();
            forgets = from.forgets();
            itemChanges = from.itemChanges();
            beyondBounds = from.beyondBounds();
        }

        private void interaction(EventType type) {
            interactions.merge(type, 1L, Long::sum);
        }

        private ModelTotals seal() {
            return new ModelTotals(
                    interactions, retractions, merges, forgets, itemChanges, beyondBounds);
        }
    }
}

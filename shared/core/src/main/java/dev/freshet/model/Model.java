package dev.freshet.model;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.model.basket.BasketTables;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.basket.KAnonymity;
import dev.freshet.model.blend.BlendState;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.item.WaitingInteractions;
import dev.freshet.model.learn.LearnedState;
import dev.freshet.model.memory.LongMemory;
import dev.freshet.model.memory.MemoryNames;
import dev.freshet.model.popularity.ClosedTrends;
import dev.freshet.model.popularity.Counts;
import dev.freshet.model.popularity.ModelTotals;
import dev.freshet.model.popularity.Popularity;
import dev.freshet.model.popularity.RecentInteractions;
import dev.freshet.model.popularity.ScopedCounts;
import dev.freshet.model.popularity.TopLists;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.popularity.Windows;
import dev.freshet.model.rating.RatingCounts;
import dev.freshet.model.rating.Ratings;
import dev.freshet.model.settings.BasketSettings;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.signal.ModelView;
import dev.freshet.model.sums.Audience;
import dev.freshet.model.sums.Definitions;
import dev.freshet.model.sums.ExperimentOutcomes;
import dev.freshet.model.sums.Outcomes;
import dev.freshet.model.sums.PhaseSums.ExperimentSums;
import dev.freshet.model.sums.ShadowSums;
import dev.freshet.model.vectors.Content;
import dev.freshet.model.vectors.Embeddings;
import dev.freshet.model.vectors.Factors;
import dev.freshet.model.vectors.NearestNeighbours;
import dev.freshet.model.vectors.Segments;
import dev.freshet.model.vectors.Terms;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A learned model, as an immutable value. Consecutive versions share all memory that the batch
 * between them did not change. The model answers questions about items by dense index; a user
 * enters a query as {@link dev.freshet.model.history.Preferences}.
 *
 * <p>State that is counted (baskets, popularity, terms, embeddings, ratings) is held directly.
 * State that is learned by steps (the weights of the signals, the item vectors of matrix
 * factorization, the weights of the rating predictor) and the ring of the latest interactions are
 * in {@link LearnedState}.
 */
public final class Model implements ModelView {
    /** A model without any example, under {@link ModelSettings#DEFAULT}. */
    public static final Model EMPTY = empty(ModelSettings.DEFAULT);

    private final ModelSettings settings;
    private final State state;
    private final TopLists tops;
    private final NearestNeighbours neighbours;
    private final LongMemory memory;

    /**
     * Creates a model from its parts. Popularity lists and the index of nearest neighbours are
     * computed on first use.
     */
    public Model(ModelSettings settings, State state) {
        this(settings, state, LongMemory.NONE);
    }

    /** Creates a model of its parts with neighbours that are loaded. */
    Model(ModelSettings settings, State state, LongMemory memory) {
        this(
                settings,
                state,
                tops(settings, state),
                new NearestNeighbours(state.embeddings()),
                memory);
    }

    private Model(
            ModelSettings settings,
            State state,
            TopLists tops,
            NearestNeighbours neighbours,
            LongMemory memory) {
        this.settings = settings;
        this.state = state;
        this.tops = tops;
        this.neighbours = neighbours;
        this.memory = memory;
    }

    /**
     * The immutable parts of a model.
     *
     * @param items items by dense index
     * @param counts decayed popularity counts by item
     * @param ratings sum and number of ratings by item
     * @param scoped decayed counts by item for countries and devices
     * @param baskets baskets of users, by pseudonym
     * @param terms inverted index of the items' terms
     * @param embeddings embedding vectors of items
     * @param windows undecayed counts of the current and the previous time windows
     * @param learned state that is learned by steps
     * @param waiting interactions with items that are not in the catalogue yet
     * @param outcomes what became of lists shown, by day
     * @param experiments the announced experiments, and what their users did
     * @param audience sums about the catalogue
     * @param memory the names of the neighbours that a batch job counted
     * @param totals numbers of examples applied
     * @param marks high-water marks of the source shards
     * @param clock the latest corrected event time applied
     */
    public record State(
            ItemTable items,
            Counts counts,
            RatingCounts ratings,
            ScopedCounts scoped,
            Baskets baskets,
            Terms terms,
            Embeddings embeddings,
            Windows windows,
            LearnedState learned,
            WaitingInteractions waiting,
            Outcomes outcomes,
            ExperimentOutcomes experiments,
            Audience audience,
            MemoryNames memory,
            ModelTotals totals,
            HighWaterMarks marks,
            Instant clock) {
        private KAnonymity visibility(ModelSettings settings) {
            return new KAnonymity(baskets, settings.kAnonymity());
        }

        private RatingCounts.Visible opinions(ModelSettings settings) {
            return new RatingCounts.Visible(ratings, visibility(settings));
        }
    }

    /** Returns a model without any example, under these settings. */
    public static Model empty(ModelSettings settings) {
        return empty(settings, LearnedState.EMPTY);
    }

    /** Returns a model without any example that starts from other learned state. */
    public static Model empty(ModelSettings settings, LearnedState learned) {
        return new Model(
                settings,
                new State(
                        ItemTable.EMPTY,
                        Counts.EMPTY,
                        RatingCounts.EMPTY,
                        ScopedCounts.EMPTY,
                        Baskets.EMPTY,
                        Terms.EMPTY,
                        Embeddings.EMPTY,
                        Windows.EMPTY,
                        learned,
                        WaitingInteractions.EMPTY,
                        Outcomes.NONE,
                        ExperimentOutcomes.NONE,
                        Audience.NONE,
                        MemoryNames.NONE,
                        ModelTotals.NONE,
                        HighWaterMarks.NONE,
                        Instant.EPOCH));
    }

    /**
     * Returns a mutable continuation for one batch. It also learns by steps if {@link
     * ModelSettings.Bounds#learns} is set.
     */
    public ModelDraft draft() {
        return draft(LongMemory.Loader.LATER);
    }

    /** Returns a mutable continuation that loads the neighbours which examples name. */
    public ModelDraft draft(LongMemory.Loader loader) {
        return new ModelDraft(this, settings.bounds().learns(), loader);
    }

    /**
     * Returns a mutable continuation that does not learn by steps; the learned rows are copied from
     * deltas.
     */
    public ModelDraft follower() {
        return new ModelDraft(this, false, LongMemory.Loader.LATER);
    }

    /**
     * Returns this model, read by the parameters of other settings that are not part of snapshots.
     */
    public Model withReadSettings(ModelSettings other) {
        ModelSettings read =
                settings.withBaskets(other.baskets())
                        .withEventTypes(other.eventTypes())
                        .withKAnonymity(other.kAnonymity())
                        .withObjective(other.objective());
        return new Model(read, state, tops(read, state), neighbours, memory);
    }

    /** Returns this model with other settings for reading its baskets. */
    public Model withBaskets(BasketSettings baskets) {
        return new Model(settings.withBaskets(baskets), state, tops, neighbours, memory);
    }

    /** Returns this model with another treatment of items that are in no catalogue. */
    public Model withCatalogue(CatalogueMode mode) {
        return mode == settings.catalogue()
                ? this
                : new Model(settings.withCatalogue(mode), state, tops, neighbours, memory);
    }

    /**
     * Returns whether an item may be part of an answer at all: it is in the catalogue and not
     * deleted, or it is in no catalogue and none is needed.
     */
    public boolean shows(int item) {
        return state.items.catalogued(item)
                ? !state.items.deleted(item)
                : settings.catalogue() == CatalogueMode.OPEN;
    }

    /** Returns this model with neighbours of items, which need not be those that it names. */
    public Model withMemory(LongMemory loaded) {
        return new Model(settings, state, tops, neighbours, loaded);
    }

    /** Returns whether the neighbours that this model names are loaded; so if it names none. */
    public boolean remembers() {
        return memory.is(state.memory().latest().map(MemoryNames.Named::name).orElse(null));
    }

    @Override
    public LongMemory longMemory() {
        return memory;
    }

    /** Returns the bounds and parameters of this model. */
    public ModelSettings settings() {
        return settings;
    }

    @Override
    public ItemTable items() {
        return state.items;
    }

    @Override
    public BasketTables tables() {
        return BasketTables.of(settings.baskets());
    }

    @Override
    public Popularity popularity() {
        return new Popularity(
                state.items, state.counts, state.scoped, tops, visibility(), visibleOpinions());
    }

    @Override
    public KAnonymity visibility() {
        return state.visibility(settings);
    }

    @Override
    public Ratings ratings() {
        return new Ratings(state.items, state.baskets, state.ratings, state.learned.ratings());
    }

    @Override
    public Factors factors() {
        return new Factors(state.items, state.learned.factors(), visibility()::shows);
    }

    /** Returns the segments of users. */
    public Segments segments() {
        return new Segments(state.learned.segments(), factors());
    }

    @Override
    public Content content() {
        return new Content(state.items, state.terms);
    }

    /** Returns the embedding vectors of items. */
    @Override
    public Embeddings embeddings() {
        return state.embeddings;
    }

    /**
     * Returns the items nearest to an item by cosine of their embeddings, best first, without the
     * item itself and deleted items.
     */
    @Override
    public ItemScores alike(int item, int limit) {
        return alike(state.embeddings.vector(item), new int[] {item}, limit);
    }

    @Override
    public ItemScores alike(Embeddings.Profile direction, int[] own, int limit) {
        return neighbours.near(state.embeddings, direction, state.items, own, limit);
    }

    @Override
    public Set<String> leftOut() {
        return settings.leftOut();
    }

    @Override
    public BlendState blend() {
        return state.learned.blend();
    }

    /** Returns what became of the lists shown on the days that can still change. */
    public Outcomes outcomes() {
        return state.outcomes;
    }

    /** Returns how often items were shown, clicked and read, and topics taken. */
    @Override
    public Audience audience() {
        return state.audience;
    }

    /** Returns the inverted index of the items' terms. */
    public Terms terms() {
        return state.terms;
    }

    @Override
    public int shownAsNewcomer(int day, int item) {
        return state.outcomes.shownAsNewcomer(day, state.items.item(item).itemId());
    }

    /** Returns the definitions of the experiments that were announced. */
    public Definitions experiments() {
        return state.experiments.definitions();
    }

    /** Returns what the users of an experiment did in its present phase; zero for an unknown id. */
    public ExperimentSums experimentSums(String id) {
        return state.experiments.sums(id);
    }

    /** Returns what drawn lists say about the shadows of an experiment's present phase, by id. */
    public Map<String, ShadowSums> shadowSums(String id) {
        return state.experiments.shadows(id);
    }

    /** Returns the numbers of examples applied since the model began. */
    public ModelTotals totals() {
        return state.totals;
    }

    /** Returns the highest sequence number applied for each source shard. */
    public HighWaterMarks marks() {
        return state.marks;
    }

    /** Returns the latest corrected event time applied; the epoch before any. */
    @Override
    public Instant clock() {
        return state.clock;
    }

    /** Returns the number of users with a basket. */
    @Override
    public int users() {
        return state.baskets.users();
    }

    /** Returns the number of entries in all baskets. */
    @Override
    public int entries() {
        return state.baskets.latest().entries();
    }

    /**
     * Returns the windows of event time that closed since {@code before}, and those that had closed
     * before and changed since, as absolute counts for the Trends table. At most 8 windows of an
     * hour or a day that both opened and closed within the batch are included. Each window is
     * returned for all events, for the 8 countries and for the 12 tags with the most events, with
     * the items that at least {@link ModelSettings#kAnonymity} different people chose in it.
     *
     * @param before the model that this one was folded from
     * @param version version number of this model
     */
    public List<TrendWindow> closedTrends(Model before, long version) {
        return new ClosedTrends(items(), version, settings.kAnonymity())
                .between(
                        new ClosedTrends.Version(before.windows(), before.clock()),
                        new ClosedTrends.Version(windows(), clock()));
    }

    /**
     * Returns this model with the popularity lists and the neighbour index of an earlier one, until
     * there is time to compute them again. The lists may lack items that became popular in between;
     * the counts are exact in any case.
     */
    public Model derivedFrom(Model earlier) {
        return new Model(settings, state, earlier.tops, earlier.neighbours, memory);
    }

    /**
     * Returns this model with the parts of the neighbour index of an earlier one that are still
     * valid; everything else is computed on first use. Suited to callers that query every version,
     * since nothing is out of date.
     */
    public Model following(Model earlier) {
        return new Model(
                settings, state, tops, earlier.neighbours.following(state.embeddings), memory);
    }

    /**
     * Returns this model with popularity lists and a neighbour index of its own. The lists that
     * have been requested so far are computed at once.
     */
    public Model derived() {
        TopLists own = tops(settings, state);
        own.compute(tops.requested());
        return new Model(settings, state, own, neighbours.following(state.embeddings), memory);
    }

    @Override
    public Baskets baskets() {
        return state.baskets;
    }

    @Override
    public RecentInteractions recent() {
        return state.learned.recent();
    }

    /** Returns the parts of this model. */
    public State state() {
        return state;
    }

    @Override
    public Counts counts() {
        return state.counts;
    }

    @Override
    public ScopedCounts scoped() {
        return state.scoped;
    }

    /** Returns the undecayed counts of the current and the previous time windows. */
    public Windows windows() {
        return state.windows;
    }

    private static TopLists tops(ModelSettings settings, State state) {
        return new TopLists(
                state.items,
                state.counts,
                state.scoped,
                state.visibility(settings),
                state.opinions(settings),
                state.clock.getEpochSecond());
    }

    /** Returns the likes and ratings of items that enough different people are behind. */
    public RatingCounts.Visible visibleOpinions() {
        return state.opinions(settings);
    }
}

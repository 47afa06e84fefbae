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
import dev.freshet.model.part.ModelPart;
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
import dev.freshet.model.sums.Definitions;
import dev.freshet.model.sums.ExperimentOutcomes;
import dev.freshet.model.sums.ItemAudience;
import dev.freshet.model.sums.Outcomes;
import dev.freshet.model.sums.PhaseSums.ExperimentSums;
import dev.freshet.model.sums.ShadowSums;
import dev.freshet.model.sums.TopicWindows;
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
 * <p>What a model knows is in its parts ({@link ModelPart}): most are counted; the weights of the
 * signals, the item vectors of matrix factorization and the weights of the rating predictor are
 * learned by steps, in {@link LearnedState}.
 */
public final class Model implements ModelView {
    /** A model without any example, under {@link ModelSettings#DEFAULT}. */
    public static final Model EMPTY = empty(ModelSettings.DEFAULT);

    private final ModelSettings settings;
    private final ModelParts parts;
    private final TopLists tops;
    private final NearestNeighbours neighbours;
    private final LongMemory memory;

    /**
     * Creates a model of its parts with neighbours that are loaded. Popularity lists and the index
     * of nearest neighbours are computed on first use.
     */
    Model(ModelSettings settings, ModelParts parts, LongMemory memory) {
        this(
                settings,
                parts,
                tops(settings, parts),
                new NearestNeighbours(parts.get(ItemRows.PART).embeddings()),
                memory);
    }

    private Model(
            ModelSettings settings,
            ModelParts parts,
            TopLists tops,
            NearestNeighbours neighbours,
            LongMemory memory) {
        this.settings = settings;
        this.parts = parts;
        this.tops = tops;
        this.neighbours = neighbours;
        this.memory = memory;
    }

    /** Returns a model without any example, under these settings. */
    public static Model empty(ModelSettings settings) {
        return new Model(settings, ModelParts.EMPTY, LongMemory.NONE);
    }

    /** Returns a model without any example that starts from other learned state. */
    public static Model empty(ModelSettings settings, LearnedState learned) {
        return empty(settings).with(LearnedState.PART, learned);
    }

    /** Returns the value of a part of this model. */
    public <V> V part(ModelPart<V> part) {
        return parts.get(part);
    }

    /** Returns this model with another value of a part. */
    public <V> Model with(ModelPart<V> part, V value) {
        return new Model(settings, parts.with(part, value), memory);
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
        return new Model(read, parts, tops(read, parts), neighbours, memory);
    }

    /** Returns this model with other settings for reading its baskets. */
    public Model withBaskets(BasketSettings baskets) {
        return new Model(settings.withBaskets(baskets), parts, tops, neighbours, memory);
    }

    /** Returns this model with another treatment of items that are in no catalogue. */
    public Model withCatalogue(CatalogueMode mode) {
        return mode == settings.catalogue()
                ? this
                : new Model(settings.withCatalogue(mode), parts, tops, neighbours, memory);
    }

    /**
     * Returns whether an item may be part of an answer at all: it is in the catalogue and not
     * deleted, or it is in no catalogue and none is needed.
     */
    public boolean shows(int item) {
        return items().catalogued(item)
                ? !items().deleted(item)
                : settings.catalogue() == CatalogueMode.OPEN;
    }

    /** Returns this model with neighbours of items, which need not be those that it names. */
    public Model withMemory(LongMemory loaded) {
        return new Model(settings, parts, tops, neighbours, loaded);
    }

    /** Returns whether the neighbours that this model names are loaded; so if it names none. */
    public boolean remembers() {
        return memory.is(memories().latest().map(MemoryNames.Named::name).orElse(null));
    }

    /** Returns the names of the neighbours that a batch job counted. */
    public MemoryNames memories() {
        return part(MemoryNames.PART);
    }

    /** Returns the interactions with items that are not in the catalogue yet. */
    public WaitingInteractions waiting() {
        return part(WaitingInteractions.PART);
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
        return rows().items();
    }

    @Override
    public BasketTables tables() {
        return BasketTables.of(settings.baskets());
    }

    @Override
    public Popularity popularity() {
        return new Popularity(items(), counts(), scoped(), tops, visibility(), visibleOpinions());
    }

    @Override
    public KAnonymity visibility() {
        return new KAnonymity(baskets(), settings.kAnonymity());
    }

    @Override
    public Ratings ratings() {
        return new Ratings(items(), baskets(), ratingCounts(), learned().ratings());
    }

    @Override
    public Factors factors() {
        return new Factors(items(), learned().factors(), visibility()::shows);
    }

    /** Returns the segments of users. */
    public Segments segments() {
        return new Segments(learned().segments(), factors());
    }

    @Override
    public Content content() {
        return new Content(items(), terms());
    }

    /** Returns the embedding vectors of items. */
    @Override
    public Embeddings embeddings() {
        return rows().embeddings();
    }

    /**
     * Returns the items nearest to an item by cosine of their embeddings, best first, without the
     * item itself and deleted items.
     */
    @Override
    public ItemScores alike(int item, int limit) {
        return alike(embeddings().vector(item), new int[] {item}, limit);
    }

    @Override
    public ItemScores alike(Embeddings.Profile direction, int[] own, int limit) {
        return neighbours.near(embeddings(), direction, items(), own, limit);
    }

    @Override
    public Set<String> leftOut() {
        return settings.leftOut();
    }

    /** Returns what is learned by steps. */
    public LearnedState learned() {
        return part(LearnedState.PART);
    }

    @Override
    public BlendState blend() {
        return learned().blend();
    }

    /** Returns what became of the lists shown on the days that can still change. */
    public Outcomes outcomes() {
        return part(Outcomes.PART);
    }

    @Override
    public ItemAudience audience() {
        return part(ItemAudience.PART);
    }

    /** Returns how often topics were taken, by hour and country. */
    public TopicWindows topics() {
        return part(TopicWindows.PART);
    }

    /** Returns the inverted index of the items' terms. */
    public Terms terms() {
        return part(Terms.PART);
    }

    @Override
    public int shownAsNewcomer(int day, int item) {
        return outcomes().shownAsNewcomer(day, items().item(item).itemId());
    }

    /** Returns the definitions of the experiments that were announced. */
    public Definitions experiments() {
        return part(ExperimentOutcomes.PART).definitions();
    }

    /** Returns what the users of an experiment did in its present phase; zero for an unknown id. */
    public ExperimentSums experimentSums(String id) {
        return part(ExperimentOutcomes.PART).sums(id);
    }

    /** Returns what drawn lists say about the shadows of an experiment's present phase, by id. */
    public Map<String, ShadowSums> shadowSums(String id) {
        return part(ExperimentOutcomes.PART).shadows(id);
    }

    /** Returns the numbers of examples applied since the model began. */
    public ModelTotals totals() {
        return part(ModelTotals.PART);
    }

    /** Returns the highest sequence number applied for each source shard. */
    public HighWaterMarks marks() {
        return part(HighWaterMarks.PART);
    }

    /** Returns the latest corrected event time applied; the epoch before any. */
    @Override
    public Instant clock() {
        return part(ModelClock.PART);
    }

    /** Returns the number of users with a basket. */
    @Override
    public int users() {
        return baskets().users();
    }

    /** Returns the number of entries in all baskets. */
    @Override
    public int entries() {
        return baskets().latest().entries();
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
        return new Model(settings, parts, earlier.tops, earlier.neighbours, memory);
    }

    /**
     * Returns this model with the parts of the neighbour index of an earlier one that are still
     * valid; everything else is computed on first use. Suited to callers that query every version,
     * since nothing is out of date.
     */
    public Model following(Model earlier) {
        return new Model(settings, parts, tops, earlier.neighbours.following(embeddings()), memory);
    }

    /**
     * Returns this model with popularity lists and a neighbour index of its own. The lists that
     * have been requested so far are computed at once.
     */
    public Model derived() {
        TopLists own = tops(settings, parts);
        own.compute(tops.requested());
        return new Model(settings, parts, own, neighbours.following(embeddings()), memory);
    }

    @Override
    public Baskets baskets() {
        return part(Baskets.PART);
    }

    @Override
    public RecentInteractions recent() {
        return learned().recent();
    }

    /** Returns the sums and numbers of ratings and likes by item, whether visible or not. */
    public RatingCounts ratingCounts() {
        return rows().ratings();
    }

    private ItemRows rows() {
        return parts.get(ItemRows.PART);
    }

    @Override
    public Counts counts() {
        return rows().counts();
    }

    @Override
    public ScopedCounts scoped() {
        return part(ScopedCounts.PART);
    }

    /** Returns the undecayed counts of the current and the previous time windows. */
    public Windows windows() {
        return part(Windows.PART);
    }

    private static TopLists tops(ModelSettings settings, ModelParts parts) {
        ItemRows rows = parts.get(ItemRows.PART);
        KAnonymity visibility = new KAnonymity(parts.get(Baskets.PART), settings.kAnonymity());
        return new TopLists(
                rows.items(),
                rows.counts(),
                parts.get(ScopedCounts.PART),
                visibility,
                new RatingCounts.Visible(rows.ratings(), visibility),
                parts.get(ModelClock.PART).getEpochSecond());
    }

    /** Returns the likes and ratings of items that enough different people are behind. */
    public RatingCounts.Visible visibleOpinions() {
        return new RatingCounts.Visible(ratingCounts(), visibility());
    }
}

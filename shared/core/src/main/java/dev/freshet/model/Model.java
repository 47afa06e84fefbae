package dev.freshet.model;

import dev.freshet.model.basket.BasketTables;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.basket.CoOccurrence;
import dev.freshet.model.basket.NextItems;
import dev.freshet.model.blend.BlendState;
import dev.freshet.model.content.Content;
import dev.freshet.model.content.Embeddings;
import dev.freshet.model.content.NearestNeighbours;
import dev.freshet.model.content.Terms;
import dev.freshet.model.factor.Factors;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.learn.LearnedState;
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
import java.time.Instant;
import java.util.List;

/**
 * What was learned, as an immutable value; a version shares with the one before whatever the batch
 * between did not touch. Answers questions about items by dense index, never about readers: the
 * reader comes in as a {@link dev.freshet.model.history.Preferences}.
 *
 * <p>What is learned by steps, rather than counted, stands in {@link LearnedState}: what the
 * signals are worth. A place is kept there for factors (an item's vector is a projection of its
 * content and a residual; a reader's is folded in from the taste).
 */
public final class Model implements ModelView {
    /** What nothing taught yet, under {@link ModelSettings#DEFAULT}. */
    public static final Model EMPTY = empty(ModelSettings.DEFAULT);

    private final ModelSettings settings;
    private final State state;
    private final TopLists tops;
    private final NearestNeighbours neighbours;

    public Model(ModelSettings settings, State state) {
        this(settings, state, tops(state), new NearestNeighbours(state.embeddings()));
    }

    private Model(
            ModelSettings settings, State state, TopLists tops, NearestNeighbours neighbours) {
        this.settings = settings;
        this.state = state;
        this.tops = tops;
        this.neighbours = neighbours;
    }

    /** The parts, each immutable. */
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
            ModelTotals totals,
            HighWaterMarks marks,
            Instant clock) {}

    public static Model empty(ModelSettings settings) {
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
                        LearnedState.EMPTY,
                        ModelTotals.NONE,
                        HighWaterMarks.NONE,
                        Instant.EPOCH));
    }

    /** A mutable continuation for one batch; learns by steps too if the settings say so. */
    public ModelDraft draft() {
        return new ModelDraft(this, settings.learns());
    }

    /** A continuation that is told by deltas what was learned by steps. */
    public ModelDraft follower() {
        return new ModelDraft(this, false);
    }

    /** The same model, its baskets read under other settings. */
    public Model reading(BasketSettings baskets) {
        return new Model(settings.reading(baskets), state, tops, neighbours);
    }

    public ModelSettings settings() {
        return settings;
    }

    @Override
    public ItemTable items() {
        return state.items;
    }

    @Override
    public CoOccurrence coOccurrence() {
        return new CoOccurrence(state.items, state.baskets, BasketTables.of(settings.baskets()));
    }

    @Override
    public NextItems nextItems() {
        return new NextItems(state.items, state.baskets, BasketTables.of(settings.baskets()));
    }

    @Override
    public Popularity popularity() {
        return new Popularity(state.items, state.counts, state.scoped, tops);
    }

    @Override
    public Ratings ratings() {
        return new Ratings(state.items, state.baskets, state.ratings, state.learned.ratings());
    }

    @Override
    public Factors factors() {
        return new Factors(state.items, state.learned.factors());
    }

    @Override
    public Content content() {
        return new Content(state.items, state.terms);
    }

    /** What items are about beyond their words. */
    @Override
    public Embeddings embeddings() {
        return state.embeddings;
    }

    /**
     * The items nearest to this one by embeddings, best first, by cosine; it and deleted ones left
     * out.
     */
    @Override
    public ItemScores alike(int item, int limit) {
        return alike(state.embeddings.vector(item), new int[] {item}, limit);
    }

    @Override
    public ItemScores alike(Embeddings.Profile direction, int[] own, int limit) {
        return neighbours.near(state.embeddings, direction, state.items, own, limit);
    }

    /** What the signals are worth, as learned so far. */
    public BlendState blend() {
        return state.learned.blend();
    }

    public ModelTotals totals() {
        return state.totals;
    }

    public HighWaterMarks marks() {
        return state.marks;
    }

    /** The latest corrected event time applied; the epoch before any. */
    @Override
    public Instant clock() {
        return state.clock;
    }

    /** Readers with a basket. */
    @Override
    public int users() {
        return state.baskets.users();
    }

    /** Basket entries in all. */
    @Override
    public int entries() {
        return state.baskets.entries();
    }

    /**
     * Windows of event time that closed, or changed after they had closed, since {@code before}:
     * what the Trends table is to hold, absolute counts. At most 8 hours and days from within the
     * batch, and the ones around the present; each in all, for the 8 countries and the 12 tags with
     * most events.
     *
     * @param before the model that this one was folded from
     * @param version this model's own
     */
    public List<TrendWindow> closedTrends(Model before, long version) {
        return ClosedTrends.between(
                new ClosedTrends.Version(before.windows(), before.clock()),
                new ClosedTrends.Version(windows(), clock()),
                items(),
                version);
    }

    /**
     * The same model with the derived tops of an earlier one, until there is time to work them out
     * anew: lists may miss what rose in between, counts are right all the same.
     */
    public Model derivedFrom(Model earlier) {
        return new Model(settings, state, earlier.tops, earlier.neighbours);
    }

    /**
     * The same model, with what an earlier one derived and nothing changed since; the rest is
     * worked out when it is asked for. For whoever looks at every version: nothing is out of date.
     */
    public Model following(Model earlier) {
        return new Model(settings, state, tops, earlier.neighbours.following(state.embeddings));
    }

    /** The same model with its own tops, those worked out that were asked for so far. */
    public Model derived() {
        TopLists own = tops(state);
        own.workOut(tops.asked());
        return new Model(settings, state, own, neighbours.following(state.embeddings));
    }

    @Override
    public Baskets baskets() {
        return state.baskets;
    }

    @Override
    public RecentInteractions recent() {
        return state.learned.recent();
    }

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

    public Windows windows() {
        return state.windows;
    }

    private static TopLists tops(State state) {
        return new TopLists(state.items, state.counts, state.scoped, state.clock.getEpochSecond());
    }
}

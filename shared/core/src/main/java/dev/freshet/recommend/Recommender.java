package dev.freshet.recommend;

import static dev.freshet.check.Check.require;

import dev.freshet.access.ListCursor;
import dev.freshet.candidate.CandidateFilter;
import dev.freshet.candidate.CandidateFilter.FrequencyCap;
import dev.freshet.candidate.RequestContext;
import dev.freshet.experiment.ExperimentSet;
import dev.freshet.profile.AttributeRules;
import dev.freshet.query.ExplanationQuery;
import dev.freshet.query.Filter;
import dev.freshet.query.Filter.Contains;
import dev.freshet.query.Filter.Field;
import dev.freshet.query.ListQuery;
import dev.freshet.query.ListRequest;
import dev.freshet.query.ListRules;
import dev.freshet.query.RankQuery;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.query.RecommendationQuery.Paging;
import dev.freshet.ranking.Blend;
import dev.freshet.ranking.RankedList;
import dev.freshet.ranking.Ranking;
import dev.freshet.ranking.StageTimes;
import dev.freshet.ranking.StageTimes.ReadStage;
import dev.freshet.ranking.Strategy;
import dev.freshet.ranking.Temperatures;
import dev.freshet.ranking.TrendingRanking;
import dev.freshet.recommend.MadeList.RecommendationId;
import dev.freshet.recommend.Recommendations.ReadTrace;
import dev.freshet.recommend.ServedArms.ServedShadow;
import dev.freshet.recommend.ServedDefinitions.Served;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The read flow: hydrate → plan → candidates → filters → blend → positions → explanation →
 * response. Safe for many threads.
 *
 * <p>Only hydration reads a store; everything else is the model in memory. What is late or down is
 * left out and named in the response.
 */
public final class Recommender {
    /** The request names an item that the model does not hold. */
    public static final class UnknownItemException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnknownItemException() {
            super("There is no such item; put it with PUT /v1/items, or look at its id.");
        }
    }

    /**
     * What the read flow is made of.
     *
     * @param model returns the newest model; called once a request
     * @param strategy how the signals become one score, where no arm names another one
     * @param temperatures of the draws of positions by placement, where no arm names another one
     * @param cap how often an item is shown to a user who does not interact with it
     * @param attributes which attributes of users count
     * @param nanos a monotonic time in nanoseconds, by which stages are measured
     * @param random source of ids and seeds; safe for many threads
     */
    public record ReadParts(
            Hydrator hydrator,
            Supplier<ServedModel> model,
            ResponseAssembler answers,
            Strategy strategy,
            Temperatures temperatures,
            FrequencyCap cap,
            AttributeRules attributes,
            InstantSource clock,
            LongSupplier nanos,
            RandomGenerator random) {}

    private final ReadParts parts;
    private final List<CandidateFilter> filters;
    private final ServedDefinitions definitions = new ServedDefinitions();

    /** Creates a recommender. */
    public Recommender(ReadParts parts) {
        this.parts = parts;
        filters = CandidateFilter.usual(parts.cap());
    }

    /** Returns recommendations for a user. An unknown user is answered by place and time. */
    public Recommendations recommend(RecommendationQuery query) {
        return recommend(new ListRequest.ForYou(query, false));
    }

    /**
     * Returns the list that a request asks for.
     *
     * @throws UnknownItemException where the model does not hold the item that the list is to be
     *     like, or it was deleted
     * @throws dev.freshet.query.InvalidQueryException for the page of a list that cannot go on
     */
    public Recommendations recommend(ListRequest request) {
        MadeList made = make(request, null);
        return parts.answers().of(made, ratings(made, request));
    }

    /**
     * Returns recommendations under an id of the caller's, from which every draw follows: by the
     * same model, at the same time and for the same rows a repeated call returns the same list.
     *
     * @param id 32 hexadecimal digits; the caller makes sure that it names no other list
     * @throws IllegalArgumentException for a query of pages
     */
    public Recommendations recommend(ListRequest.ForYou request, String id) {
        require(
                request.query().paging() instanceof Paging.Whole,
                "a list of a given id has no pages");
        MadeList made = make(request, id);
        return parts.answers().of(made, ratings(made, request));
    }

    /**
     * Explains what {@link #recommend} returns to a request: every stage, and the way of one item
     * through them. The list is not shown to the user, so the answer has no exposure token to send.
     */
    public RequestExplanation explain(ExplanationQuery query) {
        ListRequest request = new ListRequest.ForYou(query.request(), false);
        MadeList made = make(request, query.recommendationId());
        return new RequestExplainer(made)
                .explain(parts.answers().of(made, Map.of()), query.itemId());
    }

    /**
     * Makes a list.
     *
     * @param repeated id of the list, where it is given or its draws are repeated; null for a new
     *     list
     */
    private MadeList make(ListRequest request, @Nullable String repeated) {
        StageTimes times = new StageTimes(parts.nanos());
        Hydrator.Hydration reads = parts.hydrator().begin(request.query().user());
        ServedModel served = parts.model().get();
        HydratedUser stored = reads.await();
        times.end(ReadStage.HYDRATE);
        ListPlan plan = plan(request, served, stored);
        HydratedUser user = stored.without(plan.leftOut());
        RecommendationId id =
                repeated == null
                        ? RecommendationId.draw(parts.random())
                        : RecommendationId.parse(repeated);
        RankedList list = plan.maker().make(plan.context(), filters, id.random(), times);
        ReadTrace trace = ReadTrace.of(times, served.model(), plan, list);
        return new MadeList(id, plan, list, served, user, trace);
    }

    /**
     * Plans a list. The rules that a request names hold on every kind of list, or the request is
     * refused.
     */
    private ListPlan plan(ListRequest request, ServedModel served, HydratedUser user) {
        Served known = definitions.of(served.model());
        Rules rules = Rules.of(request, known.rules());
        return switch (request) {
            case ListRequest.ForYou(RecommendationQuery query, _)
                    when query.paging() instanceof Paging.Later(String cursor) ->
                    laterPage(query, cursor, rules, served, user);
            case ListRequest.ForYou _, RankQuery _ ->
                    personal(request, known.experiments(), rules, served, user);
            case ListRequest.Similar _ -> similar(request.query(), rules, served, user);
            case ListQuery named -> named(named, rules, served, user);
        };
    }

    /** Plans a list for one user, or the order of given items, on which no shadow is evaluated. */
    private ListPlan personal(
            ListRequest request,
            ExperimentSet experiments,
            Rules rules,
            ServedModel served,
            HydratedUser user) {
        RecommendationQuery query = request.query();
        ServedArms arms = ServedArms.of(experiments, query, user, served.model());
        ListSettings usual = usual(query);
        ListSettings settings = arms.applied(usual).with(rules);
        List<ServedShadow> shadows =
                request instanceof RankQuery ? List.of() : arms.shadows(usual.with(rules));
        List<String> leftOut = new ArrayList<>();
        if (query.itemId() != null && served.index(query.itemId()) == RequestContext.NO_ITEM) {
            leftOut.add("unknown-item");
        }
        leftOut.addAll(leftOut(query, settings, rules.places(), rules, user));
        return new ListPlan(
                query,
                context(query, settings, served, user),
                leftOut,
                arms.counted(),
                arms.segment(),
                shadows,
                rules.places(),
                null,
                settings.popularOnly() ? null : settings.ranking(),
                request instanceof RankQuery given
                        ? new GivenItems(given, settings, rules.places())
                        : ListPlan.forYou(query, settings, rules.places(), shadows));
    }

    /**
     * Plans a later page of a list for one user. It counts for the arms and the segment of the
     * first page, whose places it has: arms, shadows and rules of places of now change nothing. For
     * a user who does not count any more it counts for none.
     *
     * @param text of the cursor
     */
    private ListPlan laterPage(
            RecommendationQuery query,
            String text,
            Rules rules,
            ServedModel served,
            HydratedUser user) {
        ListCursor cursor =
                parts.answers().cursors().open(text, query, user, parts.clock().instant());
        ListSettings settings = usual(query).with(rules);
        boolean counted = user.analytics() && query.analytics() && user.asker().counts();
        return new ListPlan(
                query,
                context(query, settings, served, user),
                leftOut(query, settings, ListRules.NONE, rules, user),
                counted && user.asker().enrols() ? cursor.arms() : List.of(),
                counted ? cursor.segment() : null,
                List.of(),
                ListRules.NONE,
                cursor,
                settings.ranking(),
                new LaterPage(cursor, query, settings));
    }

    /** Returns the settings of users without an arm. */
    private ListSettings usual(RecommendationQuery query) {
        return ListSettings.usual(parts.strategy(), parts.temperatures().of(query.placement()));
    }

    private RequestContext context(
            RecommendationQuery query,
            ListSettings settings,
            ServedModel served,
            HydratedUser user) {
        return settings.popularOnly()
                ? withoutPreferences(query, settings.filters(), served, user)
                : RequestContext.of(
                        query,
                        settings.filters(),
                        served.index(query.itemId()),
                        user.profile(),
                        parts.attributes(),
                        user.history(),
                        served.model(),
                        parts.clock().instant());
    }

    private ListPlan similar(
            RecommendationQuery query, Rules rules, ServedModel served, HydratedUser user) {
        int item = served.index(query.itemId());
        if (item == RequestContext.NO_ITEM) {
            throw new UnknownItemException();
        }
        ListSettings settings = usual(query).with(rules);
        Blend blend = new Blend(parts.strategy(), Blend.LIKENESS_FIRST);
        Ranking ranking = new Ranking(blend, parts.temperatures().of(query.placement()));
        return ListPlan.plain(
                query,
                RequestContext.ofItem(
                        query,
                        settings.filters(),
                        item,
                        user.profile(),
                        user.history(),
                        served.model(),
                        parts.clock().instant()),
                leftOut(query, settings, ListRules.NONE, rules, user),
                ranking,
                ListPlan.similar(ranking, query.count()));
    }

    /** Plans a list that is the same for all users but for what is withheld from each. */
    private ListPlan named(ListQuery list, Rules rules, ServedModel served, HydratedUser user) {
        RecommendationQuery query = list.query();
        ListSettings settings = usual(query).with(rules);
        List<Filter> filters = new ArrayList<>(settings.filters());
        if (list.tag() != null) {
            filters.add(new Contains(Field.TAGS, list.tag()));
        }
        return ListPlan.plain(
                query,
                withoutPreferences(query, filters, served, user),
                leftOut(query, settings, ListRules.NONE, rules, user),
                null,
                ListPlan.bestFirst(TrendingRanking.of(list), query.count()));
    }

    private RequestContext withoutPreferences(
            RecommendationQuery query,
            List<Filter> filters,
            ServedModel served,
            HydratedUser user) {
        return RequestContext.withoutPreferences(
                query,
                filters,
                user.profile(),
                user.history(),
                served.model(),
                parts.clock().instant());
    }

    /**
     * Returns the codes of what is left out: what asks about a user of whom nothing may be used,
     * and named rules.
     *
     * @param places the rules of places that apply
     */
    private static List<String> leftOut(
            RecommendationQuery query,
            ListSettings settings,
            ListRules places,
            Rules rules,
            HydratedUser user) {
        List<String> leftOut = new ArrayList<>(rules.problems());
        if (settings.namesUser(query, places)) {
            leftOut.addAll(0, user.unknown());
        }
        return leftOut;
    }

    private static Map<String, Double> ratings(MadeList made, ListRequest request) {
        return request.predictedRatings() ? PredictedRatings.of(made) : Map.of();
    }
}

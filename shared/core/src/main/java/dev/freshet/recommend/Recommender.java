package dev.freshet.recommend;

import dev.freshet.access.ListCursor;
import dev.freshet.candidate.CandidateFilter;
import dev.freshet.candidate.CandidateFilter.FrequencyCap;
import dev.freshet.candidate.RequestContext;
import dev.freshet.profile.AttributeRules;
import dev.freshet.query.ExplanationQuery;
import dev.freshet.query.ListQuery;
import dev.freshet.query.ListRequest;
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
import dev.freshet.recommend.MadeList.RecommendationId;
import dev.freshet.recommend.Recommendations.ReadTrace;
import java.time.InstantSource;
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
        if (!(request.query().paging() instanceof Paging.Whole)) {
            throw new IllegalArgumentException("a list of a given id has no pages");
        }
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
                .explain(parts.answers().whole(made, Map.of()), query.itemId());
    }

    /**
     * Makes a list.
     *
     * @param repeated id of the list, where it is given or its draws are repeated; null for a new
     *     list
     */
    private MadeList make(ListRequest request, @Nullable String repeated) {
        StageTimes times = StageTimes.start(parts.nanos());
        Hydrator.Hydration reads = parts.hydrator().begin(request.query().user());
        ServedModel served = parts.model().get();
        HydratedUser stored = reads.await();
        times.end(ReadStage.HYDRATE);
        ListPlan plan = plan(request, served, stored);
        HydratedUser user = stored.without(plan.leftOut(stored));
        RecommendationId id =
                repeated == null
                        ? RecommendationId.draw(parts.random())
                        : RecommendationId.parse(repeated);
        RequestContext context = plan.context(user, served.model(), parts.clock().instant());
        RankedList list = plan.list(context, filters, id.random(), times);
        ReadTrace trace = ReadTrace.of(times, served.model(), plan, list);
        return new MadeList(id, plan, context, list, served, user, trace);
    }

    private ListPlan plan(ListRequest request, ServedModel served, HydratedUser user) {
        return switch (request) {
            case ListRequest.ForYou forYou ->
                    forYou.query().paging() instanceof Paging.Later later
                            ? laterPage(forYou.query(), later.cursor(), served, user)
                            : forYou(forYou.query(), served, user);
            case ListRequest.Similar similar -> similar(similar.query(), served);
            case ListQuery named -> new ListPlan.Named(named);
            case RankQuery given -> new GivenItems(given, forYou(given.query(), served, user));
        };
    }

    private ListPlan.ForYou forYou(
            RecommendationQuery query, ServedModel served, HydratedUser user) {
        ServedArms arms =
                ServedArms.of(definitions.experiments(served.model()), query, user, served.model());
        Rules rules = Rules.of(query, definitions.rules(served.model()));
        ListSettings usual = usual(query);
        return new ListPlan.ForYou(
                query,
                served.index(query.itemId()),
                arms,
                arms.applied(usual).with(rules),
                arms.shadows(usual.with(rules)),
                rules,
                parts.attributes());
    }

    private LaterPage laterPage(
            RecommendationQuery query, String text, ServedModel served, HydratedUser user) {
        ListCursor cursor = parts.answers().cursors().open(text, query, parts.clock().instant());
        ListCursors.checkUse(cursor, user);
        Rules rules = Rules.of(query, definitions.rules(served.model())).withoutPlaces();
        ListPlan.ForYou now =
                new ListPlan.ForYou(
                        query,
                        served.index(query.itemId()),
                        ServedArms.NONE,
                        usual(query).with(rules),
                        List.of(),
                        rules,
                        parts.attributes());
        return new LaterPage(cursor, user.analytics() && query.analytics(), now);
    }

    private ListPlan.Similar similar(RecommendationQuery query, ServedModel served) {
        int item = served.index(query.itemId());
        if (item == RequestContext.NO_ITEM) {
            throw new UnknownItemException();
        }
        Blend blend = new Blend(parts.strategy(), Blend.LIKENESS_FIRST);
        double temperature = parts.temperatures().of(query.placement());
        return new ListPlan.Similar(query, item, new Ranking(blend, temperature));
    }

    /** Returns the settings of users without an arm. */
    private ListSettings usual(RecommendationQuery query) {
        return ListSettings.usual(parts.strategy(), parts.temperatures().of(query.placement()));
    }

    private static Map<String, Double> ratings(MadeList made, ListRequest request) {
        return request.predictedRatings() ? PredictedRatings.of(made) : Map.of();
    }
}

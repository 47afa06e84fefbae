package dev.freshet.recommend;

import dev.freshet.access.ListCursor;
import dev.freshet.candidate.AvailabilityFilter;
import dev.freshet.candidate.CandidateFilter;
import dev.freshet.candidate.CandidateSource;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.FrequencyCap;
import dev.freshet.candidate.RequestContext;
import dev.freshet.candidate.RequestFilter;
import dev.freshet.candidate.SeenFilter;
import dev.freshet.candidate.ShownFilter;
import dev.freshet.candidate.UnwantedFilter;
import dev.freshet.experiment.enrolment.ListArm;
import dev.freshet.model.item.ItemScores;
import dev.freshet.profile.AttributeRules;
import dev.freshet.query.ExplanationQuery;
import dev.freshet.query.Filter;
import dev.freshet.query.ListQuery;
import dev.freshet.query.ListRules;
import dev.freshet.query.Paging;
import dev.freshet.query.RankQuery;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.query.SimilarQuery;
import dev.freshet.ranking.Blend;
import dev.freshet.ranking.GivenRules;
import dev.freshet.ranking.PlaceRules;
import dev.freshet.ranking.Ranked;
import dev.freshet.ranking.RankedList;
import dev.freshet.ranking.Ranking;
import dev.freshet.ranking.ReadStage;
import dev.freshet.ranking.ShadowPolicy;
import dev.freshet.ranking.StageTimes;
import dev.freshet.ranking.Strategy;
import dev.freshet.ranking.Temperatures;
import dev.freshet.ranking.TrendingRanking;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The read flow: hydrate → candidates → filters → blend → diversify → explore → explain. Safe for
 * many threads.
 *
 * <p>Only hydration reads a store; everything else is the model in memory. What is late or down is
 * left out and named in the response.
 */
public final class Recommender {
    private static final List<CandidateSource> SOURCES = CandidateSource.ofFamilies();

    private static final List<CandidateFilter> FILTERS = filters(FrequencyCap.DEFAULT);

    private final ServedRules rules = new ServedRules();
    private final ReadParts parts;
    private final Ranker ranker;
    private final NamedLists lists;

    /**
     * Creates a recommender.
     *
     * @param model returns the newest model; called once a request
     * @param strategy how the signals become one score, where no arm names another one
     * @param temperatures of the draws of positions by placement, where no arm names another one
     * @param cap how often an item is shown to a user who does not interact with it
     * @param attributes which attributes of users count
     * @param nanos a monotonic time in nanoseconds, by which stages are measured
     * @param random source of ids and seeds; safe for many threads
     */
    public Recommender(
            Hydrator hydrator,
            Supplier<ServedModel> model,
            ResponseAssembler answers,
            Strategy strategy,
            Temperatures temperatures,
            FrequencyCap cap,
            AttributeRules attributes,
            InstantSource clock,
            LongSupplier nanos,
            RandomGenerator random) {
        parts =
                new ReadParts(
                        hydrator,
                        model,
                        new ServedExperiments(),
                        answers,
                        filters(cap),
                        strategy,
                        temperatures,
                        attributes,
                        clock,
                        nanos,
                        random);
        ranker = new Ranker(parts, rules);
        lists = new NamedLists(parts);
    }

    private static List<CandidateFilter> filters(FrequencyCap cap) {
        return List.of(
                new AvailabilityFilter(),
                new SeenFilter(),
                new UnwantedFilter(),
                new ShownFilter(cap),
                new RequestFilter());
    }

    /** Returns the sources that {@link #recommend} asks, in their order. */
    public static List<CandidateSource> sources() {
        return SOURCES;
    }

    /**
     * Returns every candidate, best first, as {@link #recommend} ranks them before it diversifies
     * and explores: what offline evaluation measures.
     *
     * @param strategy how the signals become one score
     * @param places number of items that would be requested
     */
    public static ItemScores ranked(RequestContext request, Strategy strategy, int places) {
        return rankedCandidates(request, strategy, places).blended().ranked();
    }

    /** Returns the candidates of {@link #ranked} with their scores, of which losses are told. */
    public static RankedCandidates rankedCandidates(
            RequestContext request, Strategy strategy, int places) {
        Candidates candidates = gather(request, FILTERS, places);
        return new RankedCandidates(
                candidates,
                ListSettings.usual(strategy, 0).ranking().blended(request, candidates, List.of()));
    }

    /**
     * Returns the list for a request, with its reasons: {@link #recommend} without its reads and
     * without the form of the response, and without draws but those of newcomers.
     *
     * @param strategy how the signals become one score
     * @param random source of the exploration
     */
    public static List<Ranked> list(
            RequestContext request,
            Strategy strategy,
            RecommendationQuery query,
            RandomGenerator random) {
        return list(request, strategy, 0, List.of(), query, random);
    }

    /**
     * Returns a list whose places are drawn, beside shadows: what that costs is measured by it.
     *
     * @param temperature of the draws, 0 to 1
     * @param shadows evaluated on the list
     */
    public static List<Ranked> list(
            RequestContext request,
            Strategy strategy,
            double temperature,
            List<ShadowPolicy> shadows,
            RecommendationQuery query,
            RandomGenerator random) {
        Candidates candidates = gather(request, FILTERS, query.count());
        return ListSettings.usual(strategy, temperature)
                .ranking()
                .list(
                        request,
                        candidates,
                        query.boosts(),
                        query.count(),
                        query.diversity(),
                        AppliedRules.of(query.rules(), request, candidates, query.count())
                                .applied(),
                        shadows,
                        random,
                        StageTimes.unmeasured())
                .items();
    }

    /**
     * Returns given items in the order for a user, with their reasons: {@link #rank} without its
     * reads, its filters and the form of the response, and without draws. What that costs is
     * measured by it.
     */
    public static List<Ranked> order(
            RequestContext request, Strategy strategy, int[] items, RandomGenerator random) {
        return ListSettings.usual(strategy, 0)
                .givenRanking()
                .list(
                        request,
                        Candidates.given(request, SOURCES, items),
                        List.of(),
                        GivenRules.NONE,
                        random,
                        StageTimes.unmeasured())
                .list()
                .items();
    }

    private static Candidates gather(
            RequestContext request, List<CandidateFilter> filters, int places) {
        return Candidates.gather(request, SOURCES, filters, places);
    }

    /** Returns recommendations for a user. An unknown user is answered by place and time. */
    public Recommendations recommend(RecommendationQuery query) {
        return recommend(query, false);
    }

    /**
     * Returns recommendations for a user.
     *
     * @param predictedRatings whether to predict the stars that the user would give
     */
    public Recommendations recommend(RecommendationQuery query, boolean predictedRatings) {
        if (query.paging() instanceof Paging.Later later) {
            return laterPage(query, later.cursor(), predictedRatings);
        }
        MadeList made = make(query, null);
        Recommendations answer =
                query.paging() instanceof Paging.First
                        ? parts.answers().firstPage(made, query)
                        : parts.answers().of(made, query.placement());
        return predictedRatings ? answer.with(PredictedRatings.of(made)) : answer;
    }

    /**
     * Returns recommendations under an id of the caller's, from which every draw follows: by the
     * same model, at the same time and for the same rows a repeated call returns the same list.
     *
     * @param predictedRatings whether to predict the stars that the user would give
     * @param id 32 hexadecimal digits; the caller makes sure that it names no other list
     * @throws IllegalArgumentException for a query of pages
     */
    public Recommendations recommend(
            RecommendationQuery query, boolean predictedRatings, String id) {
        if (!(query.paging() instanceof Paging.Whole)) {
            throw new IllegalArgumentException("a list of a given id has no pages");
        }
        MadeList made = make(query, id);
        Recommendations answer = parts.answers().of(made, query.placement());
        return predictedRatings ? answer.with(PredictedRatings.of(made)) : answer;
    }

    /**
     * Returns a page of a list that was made before. Nothing is ranked; the reasons are those of
     * now, but for places that a rule gave. Of the rules of this request the filters count: places
     * stay as the first request's rules gave them.
     */
    private Recommendations laterPage(
            RecommendationQuery query, String cursor, boolean predictedRatings) {
        StageTimes times = StageTimes.start(parts.nanos());
        ListCursor list = parts.answers().cursors().open(cursor, query, parts.clock().instant());
        Hydrator.Hydration reads = parts.hydrator().begin(query.user());
        ServedModel served = parts.model().get();
        HydratedUser user = reads.await();
        ListCursors.checkUse(list, user);
        times.end(ReadStage.HYDRATE);
        RecommendationId id = RecommendationId.draw(parts.random());
        JoinedRules joined = JoinedRules.of(query, rules.of(served.model()));
        ListSettings settings =
                ListSettings.usual(parts.strategy(), parts.temperatures().of(query.placement()))
                        .with(joined);
        user =
                user.askedByFilters(settings.namesUser(query, ListRules.NONE))
                        .without(joined.problems());

        RequestContext request =
                RequestContext.of(
                        query,
                        settings.filters(),
                        served.index(query.itemId()),
                        user.profile(),
                        parts.attributes(),
                        user.history(),
                        served.model(),
                        parts.clock().instant());
        NextPlaces next = NextPlaces.of(list, request, query.count());
        times.end(ReadStage.GATHER);
        Ranking ranking = settings.ranking();
        RankedList page =
                ranking.again(
                        request,
                        next.candidates(),
                        settings.boosts(query),
                        next.page(),
                        list.scored(),
                        times);
        boolean counted = user.analytics() && query.analytics();
        List<ListArm> arms = counted ? list.arms() : List.of();
        ReadTrace trace =
                ReadTrace.of(
                        times, request, next.candidates(), page.items(), arms, ranking.policy());
        MadeList made =
                MadeList.withoutRules(
                        id,
                        ServedArms.NONE,
                        ranking,
                        request,
                        next.candidates(),
                        page,
                        served,
                        user,
                        trace);
        ListPart part =
                new ListPart(
                        list.first(),
                        page.items(),
                        arms,
                        List.of(),
                        counted ? list.segment() : null,
                        list.modelVersion(),
                        next.rest());
        Recommendations answer = parts.answers().laterPage(made, query.placement(), part);
        return predictedRatings ? answer.with(PredictedRatings.of(made)) : answer;
    }

    /** Returns given items in the order for a user, by the scores of {@link #recommend}. */
    public RankedItems rank(RankQuery query) {
        return ranker.rank(query);
    }

    /**
     * Explains what {@link #recommend} returns to a request: every stage, and the way of one item
     * through them. The list is not shown to the user, so the answer has no exposure token to send.
     */
    public RequestExplanation explain(ExplanationQuery query) {
        RecommendationQuery request = query.request();
        MadeList made = make(request, query.recommendationId());
        return new RequestExplainer(made, request.places())
                .explain(parts.answers().of(made, request.placement()), query.itemId());
    }

    /**
     * Makes a list.
     *
     * @param repeated id of the list, where it is given or its draws are repeated; null for a new
     *     list
     */
    private MadeList make(RecommendationQuery query, @Nullable String repeated) {
        StageTimes times = StageTimes.start(parts.nanos());
        Hydrator.Hydration reads = parts.hydrator().begin(query.user());
        ServedModel served = parts.model().get();
        int lookedAt = served.index(query.itemId());
        HydratedUser user =
                reads.await()
                        .without(
                                query.itemId() != null && lookedAt == RequestContext.NO_ITEM,
                                "unknown-item");
        times.end(ReadStage.HYDRATE);
        RecommendationId id =
                repeated == null
                        ? RecommendationId.draw(parts.random())
                        : RecommendationId.parse(repeated);
        ServedArms arms =
                ServedArms.of(parts.experiments().of(served.model()), query, user, served.model());
        ListSettings usual =
                ListSettings.usual(parts.strategy(), parts.temperatures().of(query.placement()));
        JoinedRules joined = JoinedRules.of(query, rules.of(served.model()));
        ListSettings settings = arms.applied(usual).with(joined);
        user =
                user.askedByFilters(settings.namesUser(query, joined.rules()))
                        .without(joined.problems());
        if (settings.popularOnly()) {
            return popular(id, query, settings, arms, served, user, times);
        }

        RequestContext request =
                RequestContext.of(
                        query,
                        settings.filters(),
                        lookedAt,
                        user.profile(),
                        parts.attributes(),
                        user.history(),
                        served.model(),
                        parts.clock().instant());
        Candidates candidates = gather(request, parts.filters(), query.places());
        AppliedRules applied = AppliedRules.of(joined.rules(), request, candidates, query.places());
        times.end(ReadStage.GATHER);
        Ranking ranking = settings.ranking();
        List<ServedShadow> shadows = arms.shadows(usual.with(joined));
        RankedList list =
                ranking.list(
                        request,
                        candidates,
                        settings.boosts(query),
                        query.places(),
                        settings.diversity(query),
                        applied.applied(),
                        shadows.stream().map(shadow -> shadow.settings().shadow(query)).toList(),
                        id.random(),
                        times);
        ReadTrace trace =
                ReadTrace.of(times, request, candidates, list.items(), arms, ranking.policy());
        return new MadeList(
                id,
                arms,
                shadows,
                ranking,
                request,
                candidates,
                list,
                served,
                user,
                trace,
                applied);
    }

    /** Makes the list of a user whose arm gets popular items without personalisation. */
    private MadeList popular(
            RecommendationId id,
            RecommendationQuery query,
            ListSettings settings,
            ServedArms arms,
            ServedModel served,
            HydratedUser user,
            StageTimes times) {
        RequestContext request =
                RequestContext.withoutPreferences(
                        query,
                        settings.filters(),
                        user.profile(),
                        user.history(),
                        served.model(),
                        parts.clock().instant());
        return lists.bestFirst(
                TrendingRanking.popular(), id, arms, request, query.places(), served, user, times);
    }

    /**
     * Returns items similar to one.
     *
     * @throws UnknownItemException where the model does not hold the item, or it was deleted
     */
    public Recommendations similar(SimilarQuery query) {
        StageTimes times = StageTimes.start(parts.nanos());
        Hydrator.Hydration reads = parts.hydrator().begin(query.user());
        ServedModel served = parts.model().get();
        int item = served.index(query.itemId());
        if (item == RequestContext.NO_ITEM) {
            throw new UnknownItemException();
        }
        HydratedUser user = reads.await().askedByFilters(Filter.namesUser(query.filter()));
        times.end(ReadStage.HYDRATE);
        RecommendationId id = RecommendationId.draw(parts.random());

        RequestContext request =
                RequestContext.of(
                        query,
                        item,
                        user.profile(),
                        user.history(),
                        served.model(),
                        parts.clock().instant());
        Candidates candidates = gather(request, parts.filters(), query.count());
        times.end(ReadStage.GATHER);
        Ranking ranking =
                new Ranking(
                        new Blend(parts.strategy(), Blend.LIKENESS_FIRST),
                        parts.temperatures().of(query.placement()));
        RankedList list =
                ranking.list(
                        request,
                        candidates,
                        List.of(),
                        query.count(),
                        0,
                        PlaceRules.NONE,
                        List.of(),
                        id.random(),
                        times);
        ServedArms arms = ServedArms.NONE;
        ReadTrace trace =
                ReadTrace.of(times, request, candidates, list.items(), arms, ranking.policy());
        MadeList made =
                MadeList.withoutRules(
                        id, arms, ranking, request, candidates, list, served, user, trace);
        return parts.answers().of(made, query.placement());
    }

    /** Returns a list that is the same for all users but for what is withheld from each. */
    public Recommendations list(ListQuery query) {
        return lists.list(query);
    }
}

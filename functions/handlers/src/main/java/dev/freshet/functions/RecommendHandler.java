package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.Caller;
import dev.freshet.aws.Settings;
import dev.freshet.event.EventTypes;
import dev.freshet.functions.runtime.InsightWiring;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.ReadFlow;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.query.ExplanationQuery;
import dev.freshet.query.ListQuery;
import dev.freshet.query.ListRequest;
import dev.freshet.query.NamedList;
import dev.freshet.query.QueryReader;
import dev.freshet.query.RankQuery;
import dev.freshet.query.SimilarQuery;
import dev.freshet.recommend.RankedItems;
import dev.freshet.recommend.Recommendations;
import dev.freshet.recommend.Recommender;
import dev.freshet.recommend.UnknownItemException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The handler of {@code POST /v1/recommendations}, its explanation, {@code POST /v1/rank}, {@code
 * GET /v1/items/{id}/similar}, {@code GET /v1/users/{id}/similar}, {@code GET /v1/lists/{list}},
 * {@code GET /v1/trending}, the operations under {@code /v1/insights} and {@code GET
 * /v1/experiments/{id}/results}.
 *
 * <p>Where the stack is behind CloudFront, the country of the user is taken from CloudFront's
 * header ({@link ViewerLocation}), unless the request names another.
 */
public final class RecommendHandler extends HttpHandler {
    private final Supplier<Recommender> recommender;
    private final InsightsApi insights;
    private final ModelInsightsApi modelInsights;
    private final LakeInsightsApi lakeInsights;
    private final SimilarUsersApi similarUsers;
    private final EventTypes types;
    private final IdentityCheck identities;
    private final AnswerForm.Offer offer;
    private final ViewerLocation location;
    private final Metrics metrics;
    private final InstantSource clock;

    public RecommendHandler() {
        this(Settings.fromEnvironment());
    }

    public RecommendHandler(Settings settings) {
        this(new Wiring(settings));
    }

    private RecommendHandler(Wiring wiring) {
        this(
                wiring,
                wiring.reads(answer -> render(answer, wiring.policies().eventTypes())).start());
    }

    private RecommendHandler(Wiring wiring, ReadFlow reads) {
        this(wiring, reads, wiring.insights(reads));
    }

    private RecommendHandler(Wiring wiring, ReadFlow reads, InsightWiring insights) {
        this(
                reads::recommender,
                new InsightsApi(
                        insights.overview(),
                        insights.outcomes(),
                        insights.experiments(),
                        new CatalogueInsightsApi(insights.models()),
                        insights.experimentSeries(),
                        wiring.clock()),
                new ModelInsightsApi(
                        insights.sources(),
                        insights.trending(),
                        insights.quality(),
                        wiring.clock()),
                new LakeInsightsApi(wiring.lakeAnswers()),
                new SimilarUsersApi(reads::similarUsers, wiring.ids()),
                wiring.policies().eventTypes(),
                new IdentityCheck(wiring.policies().anonymousPrefix()),
                new AnswerForm.Offer(
                        wiring.policies().publicAttributes(), wiring.policies().reasonLanguages()),
                new ViewerLocation(wiring.policies().cloudFrontCountry()),
                wiring.metrics(),
                wiring.clock());
    }

    RecommendHandler(
            Supplier<Recommender> recommender,
            InsightsApi insights,
            ModelInsightsApi modelInsights,
            LakeInsightsApi lakeInsights,
            SimilarUsersApi similarUsers,
            EventTypes types,
            IdentityCheck identities,
            AnswerForm.Offer offer,
            ViewerLocation location,
            Metrics metrics,
            InstantSource clock) {
        this.recommender = recommender;
        this.insights = insights;
        this.modelInsights = modelInsights;
        this.lakeInsights = lakeInsights;
        this.similarUsers = similarUsers;
        this.types = types;
        this.identities = identities;
        this.offer = offer;
        this.location = location;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    protected Map<String, OperationHandler> operations() {
        Map<String, OperationHandler> operations = new HashMap<>(insights.operations());
        operations.putAll(modelInsights.operations());
        operations.putAll(lakeInsights.operations());
        operations.put("recommend", request -> answer(request, this::recommend));
        operations.put("similarItems", request -> kept(request, this::similar));
        operations.put("trendingItems", request -> kept(request, this::trending));
        operations.put("getNamedList", request -> kept(request, this::list));
        operations.put("explainRecommendations", this::explain);
        operations.put("rankItems", this::rank);
        operations.put("similarUsers", similarUsers::describe);
        return operations;
    }

    /** A list and the form of its response. */
    private record Listed(Recommendations answer, AnswerForm form) {}

    private Listed measured(HttpRequest request, Function<HttpRequest, Listed> operation) {
        long start = System.nanoTime();
        identities.parameters(request);
        Listed listed = operation.apply(request);
        ReadLine.write(
                metrics.line(), listed.answer(), Duration.ofNanos(System.nanoTime() - start));
        return listed;
    }

    private HttpResponse answer(HttpRequest request, Function<HttpRequest, Listed> operation) {
        Listed listed = measured(request, operation);
        return response(
                request, listed, RecommendationJson.of(listed.answer(), listed.form(), types));
    }

    /**
     * Answers a {@code GET}, whose response a client may keep for itself and have confirmed by its
     * entity tag.
     */
    private HttpResponse kept(HttpRequest request, Function<HttpRequest, Listed> operation) {
        Listed listed = measured(request, operation);
        EntityTag etag = EntityTag.of(request, listed.answer(), listed.form(), clock.instant());
        HttpResponse response =
                etag.isKnownTo(request)
                        ? HttpResponse.notModified()
                        : response(
                                request,
                                listed,
                                RecommendationJson.of(listed.answer(), listed.form(), types));
        return response.with("ETag", etag.value())
                .with("Cache-Control", "private, no-cache")
                .with("Vary", "Authorization, Origin, Accept-Language");
    }

    /**
     * Encodes a response. Only a server of the site gets the times of the stages: they depend on
     * filters and stores, of which a page must learn nothing. {@code Timing-Allow-Origin} lets
     * scripts read them of a response of another origin.
     */
    private static HttpResponse response(HttpRequest request, Listed listed, JsonNode body) {
        HttpResponse response =
                HttpResponse.json(200, body)
                        .with("Content-Language", listed.form().language().tag());
        return request.caller() instanceof Caller.Secret
                ? response.with(ServerTiming.HEADER, ServerTiming.of(listed.answer()))
                        .with("Timing-Allow-Origin", "*")
                : response;
    }

    private HttpResponse rank(HttpRequest request) {
        long start = System.nanoTime();
        identities.parameters(request);
        JsonNode body = request.json(RankQuery.MAX_BODY);
        identities.members(request.caller(), body);
        RankQuery query = RankQuery.of(body, clock.instant(), country(request), types);
        AnswerForm form = offer.of(request, body);
        RankedItems ranked = recommender.get().rank(query);
        ReadLine.write(metrics.line(), ranked.list(), Duration.ofNanos(System.nanoTime() - start));
        return response(
                request,
                new Listed(ranked.list(), form),
                RankJson.of(ranked, RecommendationJson.of(ranked.list(), form, types)));
    }

    private Listed trending(HttpRequest request) {
        return list(NamedList.TRENDING, request);
    }

    private Listed list(HttpRequest request) {
        NamedList list =
                NamedList.of(request.pathParameter("list"))
                        .orElseThrow(
                                () ->
                                        ProblemException.of(
                                                404,
                                                "unknown-list",
                                                "There is no such list; the lists are "
                                                        + String.join(", ", NamedList.names())
                                                        + "."));
        return list(list, request);
    }

    private Listed list(NamedList list, HttpRequest request) {
        ListQuery query = QueryReader.list(list, request.query(), country(request));
        AnswerForm form = offer.of(request);
        return new Listed(recommender.get().list(query), form);
    }

    private Listed recommend(HttpRequest request) {
        JsonNode body = request.json(QueryReader.MAX_BODY);
        identities.members(request.caller(), body);
        ListRequest list = ListRequest.of(body, clock.instant(), country(request), types);
        AnswerForm form = offer.of(request, body);
        return new Listed(
                switch (list) {
                    case ListRequest.ForYou forYou ->
                            recommender.get().recommend(forYou.query(), forYou.predictedRatings());
                    case ListRequest.Similar similar -> similar(similar.query());
                    case ListRequest.Named named -> recommender.get().list(named.query());
                },
                form);
    }

    /**
     * Explains a list. The caller is a server of the site, so the country is that of the request
     * alone; nobody sees the list, so it is in no metric and has no exposure token.
     */
    private HttpResponse explain(HttpRequest request) {
        JsonNode body = request.json(QueryReader.MAX_BODY);
        return HttpResponse.json(
                200,
                ExplanationJson.of(
                        recommender
                                .get()
                                .explain(ExplanationQuery.of(body, clock.instant(), types)),
                        types));
    }

    private Listed similar(HttpRequest request) {
        SimilarQuery query =
                QueryReader.similar(request.pathParameter("id"), request.query(), country(request));
        AnswerForm form = offer.of(request);
        return new Listed(similar(query), form);
    }

    private Recommendations similar(SimilarQuery query) {
        try {
            return recommender.get().similar(query);
        } catch (UnknownItemException unknown) {
            throw ProblemException.of(
                    404,
                    "unknown-item",
                    "There is no item with this id; check its spelling, or add the item with PUT"
                            + " /v1/items.");
        }
    }

    private @Nullable String country(HttpRequest request) {
        return location.country(request).orElse(null);
    }

    /**
     * Encodes a response and discards it, so that the first request does not wait for the encoder.
     */
    private static void render(Recommendations answer, EventTypes types) {
        try {
            HttpResponse.json(200, RecommendationJson.of(answer, AnswerForm.USUAL, types))
                    .write(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

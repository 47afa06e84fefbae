package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.Caller;
import dev.freshet.aws.Settings;
import dev.freshet.event.EventTypes;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.ReadFlow;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.query.ExplanationQuery;
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
 * GET /v1/items/{id}/similar}, {@code GET /v1/lists/{list}}, {@code GET /v1/trending}, {@code GET
 * /v1/insights/outcomes} and {@code GET /v1/experiments/{id}/results}.
 *
 * <p>Where the stack is behind CloudFront, the country of the user is taken from CloudFront's
 * header ({@link ViewerLocation}), unless the request names another.
 */
public final class RecommendHandler extends HttpHandler {
    private final Supplier<Recommender> recommender;
    private final InsightsApi insights;
    private final EventTypes types;
    private final IdentityCheck identities;
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
        this(wiring, wiring.reads(answer -> render(answer, wiring.eventTypes())).start());
    }

    private RecommendHandler(Wiring wiring, ReadFlow reads) {
        this(
                reads::recommender,
                new InsightsApi(
                        wiring.insights(reads), wiring.experimentInsights(reads), wiring.clock()),
                wiring.eventTypes(),
                new IdentityCheck(wiring.anonymousPrefix()),
                new ViewerLocation(wiring.cloudFrontCountry()),
                wiring.metrics(),
                wiring.clock());
    }

    RecommendHandler(
            Supplier<Recommender> recommender,
            InsightsApi insights,
            EventTypes types,
            IdentityCheck identities,
            ViewerLocation location,
            Metrics metrics,
            InstantSource clock) {
        this.recommender = recommender;
        this.insights = insights;
        this.types = types;
        this.identities = identities;
        this.location = location;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    protected Map<String, OperationHandler> operations() {
        Map<String, OperationHandler> operations = new HashMap<>(insights.operations());
        operations.put("recommend", request -> answer(request, this::recommend));
        operations.put("similarItems", request -> answer(request, this::similar));
        operations.put("trendingItems", request -> answer(request, this::trending));
        operations.put("getNamedList", request -> answer(request, this::list));
        operations.put("explainRecommendations", this::explain);
        operations.put("rankItems", this::rank);
        return operations;
    }

    private HttpResponse answer(
            HttpRequest request, Function<HttpRequest, Recommendations> operation) {
        long start = System.nanoTime();
        identities.parameters(request);
        Recommendations answer = operation.apply(request);
        ReadLine.write(metrics.line(), answer, Duration.ofNanos(System.nanoTime() - start));
        return timed(request.caller(), answer, RecommendationJson.of(answer, types));
    }

    /**
     * Encodes a response. Only a server of the site gets the times of the stages: they depend on
     * filters and stores, of which a page must learn nothing. {@code Timing-Allow-Origin} lets
     * scripts read them of a response of another origin.
     */
    private static HttpResponse timed(Caller caller, Recommendations answer, JsonNode body) {
        HttpResponse response = HttpResponse.json(200, body);
        return caller instanceof Caller.Secret
                ? response.with(ServerTiming.HEADER, ServerTiming.of(answer))
                        .with("Timing-Allow-Origin", "*")
                : response;
    }

    private HttpResponse rank(HttpRequest request) {
        long start = System.nanoTime();
        identities.parameters(request);
        JsonNode body = request.json(RankQuery.MAX_BODY);
        identities.members(request.caller(), body);
        RankedItems ranked =
                recommender
                        .get()
                        .rank(RankQuery.of(body, clock.instant(), country(request), types));
        ReadLine.write(metrics.line(), ranked.list(), Duration.ofNanos(System.nanoTime() - start));
        return timed(
                request.caller(),
                ranked.list(),
                RankJson.of(ranked, RecommendationJson.of(ranked.list(), types)));
    }

    private Recommendations trending(HttpRequest request) {
        return list(NamedList.TRENDING, request);
    }

    private Recommendations list(HttpRequest request) {
        NamedList list =
                NamedList.of(request.pathParameter("list"))
                        .orElseThrow(
                                () ->
                                        new Problem(
                                                        404,
                                                        "unknown-list",
                                                        "There is no such list; the lists are "
                                                                + String.join(
                                                                        ", ", NamedList.names())
                                                                + ".")
                                                .asException());
        return list(list, request);
    }

    private Recommendations list(NamedList list, HttpRequest request) {
        return recommender.get().list(QueryReader.list(list, request.query(), country(request)));
    }

    private Recommendations recommend(HttpRequest request) {
        JsonNode body = request.json(QueryReader.MAX_BODY);
        identities.members(request.caller(), body);
        return switch (ListRequest.of(body, clock.instant(), country(request), types)) {
            case ListRequest.ForYou forYou ->
                    recommender.get().recommend(forYou.query(), forYou.predictedRatings());
            case ListRequest.Similar similar -> similar(similar.query());
            case ListRequest.Named named -> recommender.get().list(named.query());
        };
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

    private Recommendations similar(HttpRequest request) {
        return similar(
                QueryReader.similar(
                        request.pathParameter("id"), request.query(), country(request)));
    }

    private Recommendations similar(SimilarQuery query) {
        try {
            return recommender.get().similar(query);
        } catch (UnknownItemException unknown) {
            throw new Problem(
                            404,
                            "unknown-item",
                            "There is no item with this id; check its spelling, or add the item with PUT"
                                    + " /v1/items.")
                    .asException();
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
            HttpResponse.json(200, RecommendationJson.of(answer, types))
                    .write(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

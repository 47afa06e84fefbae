package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.Caller;
import dev.freshet.aws.Settings;
import dev.freshet.event.EventTypes;
import dev.freshet.functions.HttpRequest.ViewerLocation;
import dev.freshet.functions.Problem.ProblemException;
import dev.freshet.functions.runtime.MetricName;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.ReadFlow;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.json.WireName;
import dev.freshet.query.ExplanationQuery;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.query.ListRequest;
import dev.freshet.query.QueryReader;
import dev.freshet.query.RankQuery;
import dev.freshet.ranking.StageTimes.ReadStage;
import dev.freshet.recommend.Recommendations;
import dev.freshet.recommend.Recommender;
import dev.freshet.recommend.Recommender.UnknownItemException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
    /**
     * Most items of a session that a page may send: what it has not reported yet is few, and each
     * costs as much time as several plain lists, of which a page may ask for any number.
     */
    static final int PAGE_SESSION = 10;

    private final Parts parts;

    /**
     * What the handler answers by.
     *
     * @param types of events of the stack
     * @param offer the fields and languages that a response can have
     */
    record Parts(
            Supplier<Recommender> recommender,
            InsightsApi insights,
            SimilarUsersApi similarUsers,
            EventTypes types,
            IdentityCheck identities,
            AnswerForm.Offer offer,
            ViewerLocation location,
            Metrics metrics,
            long version,
            InstantSource clock) {
        private static Parts of(Wiring wiring) {
            EventTypes types = wiring.policies().eventTypes();
            ReadFlow reads = wiring.reads(answer -> render(answer, types)).start();
            return new Parts(
                    reads::recommender,
                    new InsightsApi(wiring.insights(reads), wiring.lakeAnswers(), wiring.clock()),
                    new SimilarUsersApi(reads::similarUsers, wiring.ids()),
                    types,
                    new IdentityCheck(wiring.policies().anonymousPrefix()),
                    new AnswerForm.Offer(
                            wiring.policies().publicAttributes(),
                            wiring.policies().reasonLanguages()),
                    new ViewerLocation(wiring.policies().cloudFrontCountry()),
                    wiring.metrics(),
                    wiring.functionVersion(),
                    wiring.clock());
        }
    }

    public RecommendHandler() {
        this(new Wiring(Settings.fromEnvironment()));
    }

    public RecommendHandler(Wiring wiring) {
        this(Parts.of(wiring));
    }

    RecommendHandler(Parts parts) {
        this.parts = parts;
    }

    @Override
    protected Map<String, OperationHandler> operations() {
        Map<String, OperationHandler> operations = new HashMap<>(parts.insights().operations());
        operations.put("similarUsers", parts.similarUsers()::describe);
        operations.put("recommend", request -> answer(request, this::recommend));
        operations.put("rankItems", request -> answer(request, this::rank));
        operations.put("similarItems", request -> cacheable(request, this::similar));
        operations.put("trendingItems", request -> cacheable(request, this::trending));
        operations.put("getNamedList", request -> cacheable(request, this::named));
        operations.put("explainRecommendations", this::explain);
        return operations;
    }

    /** A request for a list, and the form of its response. */
    private record Asked(ListRequest list, AnswerForm form) {}

    /** A list and the form of its response. */
    private record Listed(Recommendations list, AnswerForm form) {}

    private Listed listed(HttpRequest request, Function<HttpRequest, Asked> reader) {
        long start = System.nanoTime();
        parts.identities().parameters(request);
        Asked asked = reader.apply(request);
        Recommendations list = list(asked.list());
        Metrics.Line line = parts.metrics().line();
        line.add(MetricName.FUNCTION_VERSION, parts.version());
        ReadLine.write(line, list, Duration.ofNanos(System.nanoTime() - start));
        return new Listed(list, asked.form());
    }

    private HttpResponse answer(HttpRequest request, Function<HttpRequest, Asked> reader) {
        return response(request, listed(request, reader));
    }

    /**
     * Answers a {@code GET}, whose response a client may keep for itself and have confirmed by its
     * entity tag.
     */
    private HttpResponse cacheable(HttpRequest request, Function<HttpRequest, Asked> reader) {
        Listed listed = listed(request, reader);
        return EntityTag.of(request, listed.list(), listed.form(), parts.clock().instant())
                .answer(request, () -> response(request, listed))
                .with("Cache-Control", "private, no-cache")
                .with("Vary", "Authorization, Origin, Accept-Language");
    }

    private Recommendations list(ListRequest request) {
        try {
            return parts.recommender().get().recommend(request);
        } catch (UnknownItemException unknown) {
            throw ProblemException.of(
                    404,
                    "unknown-item",
                    "There is no item with this id; check its spelling, or add the item with PUT"
                            + " /v1/items.");
        }
    }

    /**
     * Encodes a response. Only a server of the site gets the times of the stages: they depend on
     * filters and stores, of which a page must learn nothing. {@code Timing-Allow-Origin} lets
     * scripts read them of a response of another origin.
     */
    private HttpResponse response(HttpRequest request, Listed listed) {
        JsonNode body = RecommendationJson.of(listed.list(), listed.form(), parts.types());
        HttpResponse response =
                HttpResponse.json(200, body)
                        .with("Content-Language", listed.form().language().tag());
        return request.caller() instanceof Caller.Secret
                ? response.with("Server-Timing", timing(listed.list()))
                        .with("Timing-Allow-Origin", "*")
                : response;
    }

    /**
     * Returns the value of the header {@code Server-Timing}: the time of each stage in milliseconds
     * with three decimals, such as {@code hydrate;dur=8.120, gather;dur=0.954}.
     *
     * @see <a href="https://www.w3.org/TR/server-timing/">Server Timing</a>
     */
    private static String timing(Recommendations answer) {
        Map<ReadStage, Duration> times = answer.trace().times();
        return Arrays.stream(ReadStage.values())
                .map(stage -> metric(stage, times.getOrDefault(stage, Duration.ZERO)))
                .collect(Collectors.joining(", "));
    }

    private static String metric(ReadStage stage, Duration time) {
        long micros = TimeUnit.NANOSECONDS.toMicros(time.toNanos());
        return stage.wireName() + ";dur=" + BigDecimal.valueOf(micros, 3).toPlainString();
    }

    private Asked recommend(HttpRequest request) {
        JsonNode body = body(request, QueryReader.MAX_BODY);
        ListRequest list =
                ListRequest.of(body, parts.clock().instant(), country(request), parts.types());
        return asked(request, body, list);
    }

    /**
     * Returns a request with the form of its response.
     *
     * @throws InvalidQueryException for what only a server of the site may ask
     */
    private Asked asked(HttpRequest request, JsonNode body, ListRequest list) {
        if (!request.caller().trusted() && list.query().session().size() > PAGE_SESSION) {
            throw new InvalidQueryException(
                    "session-too-long",
                    "session.items of a page may hold at most "
                            + PAGE_SESSION
                            + " items: send the latest.");
        }
        return new Asked(list, parts.offer().of(request, body));
    }

    private Asked rank(HttpRequest request) {
        JsonNode body = body(request, RankQuery.MAX_BODY);
        RankQuery query =
                RankQuery.of(body, parts.clock().instant(), country(request), parts.types());
        return asked(request, body, query);
    }

    private Asked similar(HttpRequest request) {
        ListRequest list =
                QueryReader.similar(request.pathParameter("id"), request.query(), country(request));
        return new Asked(list, parts.offer().of(request));
    }

    private Asked trending(HttpRequest request) {
        return named(NamedList.TRENDING, request);
    }

    private Asked named(HttpRequest request) {
        NamedList list =
                WireName.find(NamedList.class, request.pathParameter("list"))
                        .orElseThrow(
                                () ->
                                        ProblemException.of(
                                                404,
                                                "unknown-list",
                                                "There is no such list; the lists are "
                                                        + String.join(", ", NamedList.names())
                                                        + "."));
        return named(list, request);
    }

    private Asked named(NamedList list, HttpRequest request) {
        ListRequest query = QueryReader.list(list, request.query(), country(request));
        return new Asked(query, parts.offer().of(request));
    }

    private JsonNode body(HttpRequest request, int longest) {
        JsonNode body = request.json(longest);
        parts.identities().members(request.caller(), body);
        return body;
    }

    /**
     * Explains a list. The caller is a server of the site, so the country is that of the request
     * alone; nobody sees the list, so it is in no metric and has no exposure token.
     */
    private HttpResponse explain(HttpRequest request) {
        JsonNode body = request.json(QueryReader.MAX_BODY);
        ExplanationQuery query = ExplanationQuery.of(body, parts.clock().instant(), parts.types());
        return HttpResponse.json(
                200, ExplanationJson.of(parts.recommender().get().explain(query), parts.types()));
    }

    private @Nullable String country(HttpRequest request) {
        return parts.location().country(request).orElse(null);
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

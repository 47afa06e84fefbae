package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.access.Caller;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.store.StoreUnavailableException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHandlerTest {
    /** A caller whom every route admits, including a route that does not exist. */
    private static final Caller SOMEBODY =
            new Caller.Signed("arn:aws:sts::111122223333:assumed-role/site/1");

    private final List<HttpRequest> seen = new ArrayList<>();

    private final Gateway echo =
            answering(
                    request -> {
                        seen.add(request);
                        return HttpResponse.json(200, request.json(100));
                    });

    private static Gateway answering(HttpHandler.OperationHandler everything) {
        return new Gateway(Gateway.answering(everything)).as(SOMEBODY);
    }

    private static Gateway.Answer thrown(RuntimeException thrown) {
        return answering(
                        _ -> {
                            throw thrown;
                        })
                .post("/v1/events", "{}");
    }

    @Test
    void answersWithJsonThatPagesOfAnyOriginMayRead() {
        echo.post("/v1/events", "{\"a\":1}")
                .assertHas(
                        "200",
                        "/a = 1",
                        "Content-Type: application/json",
                        "X-Content-Type-Options: nosniff",
                        "Access-Control-Allow-Origin: *",
                        "Access-Control-Expose-Headers: Retry-After,ETag,Link,Freshet-Trace-Id,Server-Timing");
    }

    @Test
    void readsHeadersInAnyCaseAndBodiesInBase64() {
        var event =
                Gateway.request(
                        "post",
                        "/v1/events",
                        Map.of("CONTENT-type", "application/json; charset=utf-8"));
        event.put("isBase64Encoded", true)
                .put(
                        "body",
                        Base64.getEncoder().encodeToString("[]".getBytes(StandardCharsets.UTF_8)));
        event.putObject("pathParameters").put("id", "a%20b+%C3%A9\u00e9");

        assertThat(echo.send(event).status()).isEqualTo(200);
        assertThat(seen.getFirst().method()).isEqualTo("POST");
        assertThat(seen.getFirst().pathParameter("id")).isEqualTo("a b+\u00e9\u00e9");
        assertThat(seen.getFirst().requestId()).isEqualTo("request-1");
    }

    @Test
    void anInvocationByTheScheduleIsAnsweredLikeARequestWithoutCredential() {
        assertThat(echo.sendAsItIs(Gateway.scheduled()).status()).isEqualTo(401);
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jos%E8", "jos%C3", "%C0%AF", "%ED%A0%80", "%", "%4", "%zz", "a%+1"})
    void refusesAPathThatIsNotUtf8(String id) {
        var event = Gateway.request("POST", "/v1/events", Map.of());
        event.putObject("pathParameters").put("id", id);

        echo.send(event).assertProblem(400, "bad-path-parameter");
        assertThat(seen).isEmpty();
    }

    @Test
    void refusesAQueryWhoseBytesWereReplacedBecauseTheyAreNotUtf8() {
        var event = Gateway.request("POST", "/v1/events", Map.of());
        event.putObject("queryStringParameters").put("userId", "jos\ufffd");

        assertThat(echo.send(event).code()).isEqualTo("bad-parameters");
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE", "UTF-32"})
    void refusesJsonInAnotherEncodingThanUtf8(String encoding) {
        var event =
                Gateway.request("POST", "/v1/events", Map.of("Content-Type", "application/json"));
        byte[] body = "{\"a\":1}".getBytes(Charset.forName(encoding));
        event.put("isBase64Encoded", true).put("body", Base64.getEncoder().encodeToString(body));

        assertThat(echo.send(event).code()).isEqualTo("not-json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nope", "{} {}", "{\"a\":1,\"a\":2}", "\ud800"})
    void refusesWhatIsNotJson(String body) {
        echo.post("/v1/events", body)
                .assertHas(
                        "400 not-json",
                        "Content-Type: application/problem+json",
                        "/instance = request-1");
    }

    @Test
    void refusesBodiesBeyondTheRoutesLimit() {
        assertThat(echo.post("/v1/events", "\"" + "a".repeat(99) + "\"").status()).isEqualTo(413);
    }

    @Test
    void refusesNestingBeyondAllMeasure() {
        answering(request -> HttpResponse.json(200, request.json(1 << 20)))
                .post("/v1/events", "[".repeat(100_000))
                .assertProblem(400, "json-out-of-bounds");
    }

    @Test
    void refusesOtherContentTypes() {
        echo.ask("POST /v1/events\nContent-Type: text/plain\n\n{}")
                .assertProblem(415, "unsupported-media-type");
    }

    @Test
    void anOperationThatTheFunctionDoesNotAnswerIsNotAllowed() {
        Gateway other =
                new Gateway(
                                new HttpHandler() {
                                    @Override
                                    protected Map<String, OperationHandler> operations() {
                                        return Map.of();
                                    }
                                })
                        .as(SOMEBODY);

        assertThat(other.post("/v1/events", "{}").status()).isEqualTo(405);
        assertThat(echo.post("/v1/trending", "{}").code()).isEqualTo("method-not-allowed");
        assertThat(echo.post("/v1/secrets", "{}").status()).isEqualTo(405);
    }

    @Test
    void reportsOfARefusedQuestion() {
        thrown(new InvalidQueryException("count-out-of-range", "Too many."))
                .assertHas("400 count-out-of-range", "/detail = Too many.");
    }

    @Test
    void asksToTryAgainWhenAStoreIsDown() {
        Gateway.Answer answer =
                thrown(new StoreUnavailableException("users", new IllegalStateException("x")));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsKey("Retry-After");
    }

    @Test
    void keepsThePlaceAndTheMessageOfAFaultToItself() {
        Gateway.Answer answer = thrown(new IllegalStateException("secret of user 7"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body().toString())
                .doesNotContain("secret", "user 7", "IllegalState", ".java");
    }

    @Test
    void carriesFurtherMembersOfAProblem() {
        var extra = JsonNodeFactory.instance.arrayNode().add(3);
        thrown(new Problem(503, "x", "y.", Map.of("notStored", extra)).asException())
                .assertHas("/notStored = [3]");
    }
}

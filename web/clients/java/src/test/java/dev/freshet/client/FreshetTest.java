package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.client.model.Event;
import dev.freshet.client.model.Filter;
import dev.freshet.client.model.ListRequest;
import dev.freshet.client.model.NewEvent;
import dev.freshet.client.model.SimilarItemsQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FreshetTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Answers answers = (request, count) -> taken(request);

    private record Request(String target, JsonNode body, long nanos) {
        List<String> items() {
            return StreamSupport.stream(body.path("events").spliterator(), false)
                    .map(event -> event.path("itemId").asText())
                    .toList();
        }
    }

    private record Answer(int status, String retryAfter, String body) {}

    private interface Answers {
        Answer to(Request request, int count);
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anEventKeepsTheIdAndTheTimeThatItGotWhenItWasAdded() {
        answers =
                (request, count) ->
                        count < 3 ? problem(503, "store-unavailable", "") : taken(request);
        EventQueue events = client().build().events();

        String id = events.add(view("a"));

        assertThat(events.flush(LONG)).isZero();
        assertThat(requests).hasSize(3);
        assertThat(requests)
                .extracting(request -> request.body().path("events"))
                .containsOnly(requests.get(0).body().path("events"));
        assertThat(requests.get(0).body().at("/events/0/eventId").asText()).isEqualTo(id);
    }

    @Test
    void aFullQueueRefusesAnEventAndClosingReturnsWhatWasNotTaken() {
        answers = (request, count) -> problem(503, "store-unavailable", "");
        Freshet client = client().maxQueued(2).build();
        EventQueue events = client.events();

        events.add(view("a"));
        events.add(view("b"));

        assertThatThrownBy(() -> events.add(view("c"))).isInstanceOf(QueueFullException.class);
        assertThat(events.close(Duration.ofMillis(50)))
                .extracting(Event::itemId)
                .containsExactly("a", "b");
        assertThatThrownBy(() -> events.add(view("d"))).hasMessageContaining("closed");
    }

    @Test
    void eventsWaitForAsLongAsRetryAfterSays() {
        answers =
                (request, count) ->
                        count == 1
                                ? new Answer(429, "0.3", "{\"code\": \"overloaded\"}")
                                : taken(request);
        EventQueue events = client().build().events();

        events.add(view("a"));

        assertThat(events.flush(LONG)).isZero();
        assertThat(requests.get(1).nanos() - requests.get(0).nanos()).isGreaterThan(295_000_000);
    }

    @Test
    void whatWasNotStoredIsSentAgainFirstAndARefusedEventIsReported() {
        List<String> refused = new ArrayList<>();
        String partly =
                ", \"notStored\": [1, 3], \"rejected\": [{\"index\": 2, \"code\": \"unknown-type\","
                        + " \"detail\": \"None.\"}]";
        answers =
                (request, count) ->
                        count == 1 ? problem(503, "events-not-stored", partly) : taken(request);
        EventQueue events =
                client().batchSize(4)
                        .flushInterval(LONG)
                        .onRejected((event, why) -> refused.add(event.itemId() + why.code()))
                        .build()
                        .events();

        List.of("a", "b", "c", "d", "e").forEach(item -> events.add(view(item)));

        assertThat(events.flush(LONG)).isZero();
        assertThat(requests)
                .extracting(Request::items)
                .containsExactly(List.of("a", "b", "c", "d"), List.of("b", "d", "e"));
        assertThat(refused).containsExactly("cunknown-type");
    }

    @Test
    void aRequestThatIsRefusedAsAWholeIsHalvedUntilTheEventToBlameIsAlone() {
        List<String> refused = new CopyOnWriteArrayList<>();
        List<String> accepted = new CopyOnWriteArrayList<>();
        answers =
                (request, count) -> {
                    if (request.items().contains("37")) {
                        return problem(400, "bad-body", "");
                    }
                    accepted.addAll(request.items());
                    return taken(request);
                };
        Freshet client =
                client().onRejected((event, why) -> refused.add(event.itemId() + why.code()))
                        .build();
        List<String> items = IntStream.range(0, 100).mapToObj(Integer::toString).toList();

        items.forEach(item -> client.events().add(view(item)));
        client.close();

        assertThat(accepted).isEqualTo(items.stream().filter(item -> !item.equals("37")).toList());
        assertThat(refused).containsExactly("37bad-body");
        assertThat(requests).hasSizeLessThan(60);
    }

    @Test
    void aCallIsRepeatedAfterATemporaryFailureAndNotAfterARefusal() {
        answers =
                (request, count) ->
                        request.target().contains("items")
                                ? problem(404, "unknown-item", "")
                                : count == 1 ? problem(500, "failed", "") : list();
        Freshet client = client().build();

        assertThat(client.recommend(ListRequest.builder().userId("u-1").build()).items()).isEmpty();
        assertThat(requests).hasSize(2);
        FreshetProblem problem =
                catchThrowableOfType(FreshetProblem.class, () -> client.getItem("a/b c"));
        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.code()).isEqualTo("unknown-item");
        assertThat(problem).hasMessageContaining("Do this.");
        assertThat(requests).hasSize(3);
        assertThat(requests.get(2).target()).isEqualTo("/v1/items/a%2Fb%20c");
    }

    @Test
    void aCallThatIsNeverAnsweredFailsWithAProblem() {
        Freshet client = client().retries(1).build();
        server.stop(0);

        FreshetProblem problem = catchThrowableOfType(FreshetProblem.class, client::listRules);

        assertThat(problem.status()).isZero();
        assertThat(problem.code()).isEqualTo("no-answer");
        assertThat(problem.isTemporary()).isTrue();
    }

    @Test
    void parametersAreEncodedAndAConditionIsSentAsJson() {
        answers = (request, count) -> list();

        client().build()
                .similarItems(
                        "a",
                        SimilarItemsQuery.builder()
                                .count(3)
                                .filter(Filter.builder().field("type").is("song").build())
                                .build());

        assertThat(requests.get(0).target())
                .isEqualTo(
                        "/v1/items/a/similar?count=3&filter=%7B%22field%22%3A%22type%22%2C%22is%22%3A%22song%22%7D");
    }

    private Freshet.Builder client() {
        return Freshet.builder("http://127.0.0.1:" + server.getAddress().getPort(), "fsk_test")
                .pauses(Duration.ofMillis(1), Duration.ofSeconds(2))
                .flushInterval(Duration.ofMillis(5));
    }

    private static NewEvent view(String item) {
        return NewEvent.builder().type("view").userId("u-1").itemId(item).build();
    }

    private static Answer taken(Request request) {
        return new Answer(
                202, "", "{\"accepted\": %d, \"rejected\": []}".formatted(request.items().size()));
    }

    private static Answer list() {
        return new Answer(
                200,
                "",
                "{\"recommendationId\": \"r\", \"items\": [], \"exposure\": \"e\", \"model\": {},"
                        + " \"degraded\": false, \"degradedReasons\": [], \"later\": 1}");
    }

    private static Answer problem(int status, String code, String more) {
        return new Answer(
                status, "", "{\"code\": \"%s\", \"detail\": \"Do this.\"%s}".formatted(code, more));
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Request request =
                new Request(
                        exchange.getRequestURI().toString(),
                        Http.JSON.readTree(body),
                        System.nanoTime());
        requests.add(request);
        Answer answer = answers.to(request, requests.size());
        if (!answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
        }
        byte[] sent = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), sent.length);
        exchange.getResponseBody().write(sent);
        exchange.close();
    }
}

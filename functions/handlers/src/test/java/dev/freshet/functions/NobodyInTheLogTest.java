package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.event.EventTypes;
import dev.freshet.event.TraceId;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.Interactions;
import dev.freshet.features.Quarantine;
import dev.freshet.features.UserStores;
import dev.freshet.functions.HttpRequest.ViewerLocation;
import dev.freshet.functions.runtime.JsonLog;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.ingest.EventLog;
import dev.freshet.model.Model;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.profile.Users;
import dev.freshet.recommend.Recommender;
import dev.freshet.recommend.ServedModel;
import dev.freshet.recommend.SimilarUsers;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.Site;
import dev.freshet.testkit.memory.MemoryCatalog;
import dev.freshet.testkit.memory.MemoryEventLog;
import dev.freshet.testkit.memory.MemoryExampleLog;
import dev.freshet.testkit.memory.MemoryExposures;
import dev.freshet.testkit.memory.MemoryInteractions;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.testkit.memory.MemoryObjectStore;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryUsers;
import dev.freshet.training.CompactionRequests.CompactionTrigger;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests that no log line of any handler contains a user id: for requests that succeed, are refused,
 * or fail with an exception whose message has the id.
 */
class NobodyInTheLogTest {
    private static final String USER_ID = "ann.likes.herrings@example.org";
    private static final String VISITOR = "visitor-zebra-7731";
    private static final String TRACEPARENT =
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final TraceId TRACE = new TraceId("4bf92f3577b34da6a3ce929d0e0e4736");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Instant now = Instant.now();
    private final SettableClock clock = new SettableClock(now);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Metrics metrics = new Metrics(Map.of("Stack", "dev-main"), clock, lines::add);
    private final JsonLog log = new JsonLog(lines::add);
    private final Logger root = Logger.getLogger("");
    private final MemoryEventLog stream = new MemoryEventLog();
    private final MemoryExampleLog examples = new MemoryExampleLog();
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final MemoryModelLog models = new MemoryModelLog(objects, clock);
    private final MemoryUsers users = new MemoryUsers(clock);
    private final MemoryQuarantine quarantine = new MemoryQuarantine();
    private final AtomicInteger sequence = new AtomicInteger(100);

    @BeforeEach
    void listen() {
        log.setLevel(Level.ALL);
        root.addHandler(log);
    }

    @AfterEach
    void stop() {
        root.removeHandler(log);
    }

    /**
     * Returns a port whose every call throws, with the user id in the message of the exception or
     * of its cause.
     */
    static <T> T talkative(Class<T> port, boolean aStore) {
        return port.cast(
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (proxy, method, arguments) -> {
                            if (method.getDeclaringClass() == Object.class) {
                                return method.invoke(new Object(), arguments);
                            }
                            RuntimeException cause =
                                    new IllegalStateException("no row of " + USER_ID);
                            throw aStore
                                    ? new StoreUnavailableException("The rows", cause)
                                    : new IllegalStateException(VISITOR, cause);
                        }));
    }

    private CollectHandler collect(EventLog to) {
        return TestFunctions.collect(
                to, EventTypes.BUILT_IN, new ViewerLocation(true), metrics, clock);
    }

    private FeaturesHandler features(Interactions rows, Users profiles, Quarantine quarantine) {
        UserStores stores = new UserStores(rows, new MemoryExposures(clock), profiles);
        return TestFunctions.features(stores, examples, quarantine, metrics, clock);
    }

    private TrainHandler train() {
        return TestFunctions.train(models, quarantine, CompactionTrigger.NONE, metrics, clock);
    }

    private static Versioned noModel() {
        throw new IllegalStateException("no insights here");
    }

    private RecommendHandler recommend(Interactions rows, Users profiles) {
        Recommender recommender = new Site().recommender(rows, profiles);
        ServedModel empty = new ServedModel(Model.EMPTY, 0, Duration.ZERO, List.of());
        SimilarUsers similar =
                new SimilarUsers(rows, profiles, id -> new Pseudonym(id.hashCode()), () -> empty);
        return TestFunctions.recommend(
                () -> recommender,
                () -> similar,
                NobodyInTheLogTest::noModel,
                EventTypes.BUILT_IN,
                new ViewerLocation(true),
                metrics);
    }

    private String clicks() {
        return """
        {"events": [
          {"eventId": "e-1", "type": "click", "userId": "%s", "itemId": "tea", "occurredAt": "%s"},
          {"eventId": "e-2", "type": "glance", "anonymousId": "%s", "itemId": "tea", "occurredAt": "%s"},
          {"eventId": "e-3", "type": "click", "anonymousId": "%s", "itemId": "milk", "occurredAt": "%s"}]}
        """
                .formatted(USER_ID, now, VISITOR, now, VISITOR, now);
    }

    /** Sends a request, whose {@code USER} is the user id. */
    private static Gateway.Answer send(RequestStreamHandler handler, String request, String body) {
        String headers = "\ntraceparent: " + TRACEPARENT;
        return new Gateway(handler).ask(request.replace("USER", USER_ID) + headers, body);
    }

    private void invoke(RequestStreamHandler handler, String name, List<byte[]> records)
            throws IOException {
        byte[][] data = records.toArray(byte[][]::new);
        double arrived = now.getEpochSecond();
        TestFunctions.invoke(handler, TestFunctions.batch(name, USER_ID, sequence, arrived, data));
    }

    private List<byte[]> placed() {
        return stream.records().stream().map(record -> record.entry().bytes()).toList();
    }

    private void nobodyIsThere() throws IOException {
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            assertThat(line).doesNotContain(USER_ID, "herrings", VISITOR, "zebra", "\n");
            JsonNode read = MAPPER.readTree(line);
            assertThat(read.isObject()).as(line).isTrue();
            assertThat(read.has("level") && read.has("timestamp") && read.has("message"))
                    .as(line)
                    .isTrue();
        }
    }

    private JsonNode lastLine() throws IOException {
        return MAPPER.readTree(lines.getLast());
    }

    @Test
    void oneTraceLeadsFromTheRequestToTheVersionAndNoLineNamesAUser() throws IOException {
        Gateway.Answer answer = send(collect(stream), "POST /v1/events", clicks());
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.headers()).containsEntry("Freshet-Trace-Id", TRACE.digits());
        assertThat(lastLine().path("traceId").asText()).isEqualTo(TRACE.digits());
        assertThat(lastLine().path("function").asText()).isEqualTo("collect");
        assertThat(lastLine().path("requestId").asText()).isEqualTo("request-1");

        invoke(features(new MemoryInteractions(clock), users, quarantine), "events", placed());
        assertThat(lastLine().path("traces"))
                .extracting(JsonNode::asText)
                .containsExactly(TRACE.digits());

        invoke(train(), "examples", examples.records());
        assertThat(lastLine().path("traces"))
                .extracting(JsonNode::asText)
                .containsExactly(TRACE.digits());
        assertThat(lastLine().path("modelVersion").asLong()).isEqualTo(1);
        nobodyIsThere();
    }

    @Test
    void aStreamThatRefusesAndOneThatThrowsNameNobody() throws IOException {
        EventLog full = entries -> IntStream.range(0, entries.size()).boxed().toList();
        CollectHandler refused = collect(full);
        assertThat(send(refused, "POST /v1/events", clicks()).status()).isEqualTo(503);
        assertThat(send(refused, "POST /v1/events", clicks()).status()).isEqualTo(429);
        CollectHandler broken = collect(talkative(EventLog.class, false));
        assertThat(send(broken, "POST /v1/events", clicks()).status()).isEqualTo(500);
        assertThat(lastLine().path("level").asText()).isEqualTo("ERROR");
        assertThat(lastLine().path("traceId").asText()).isEqualTo(TRACE.digits());
        CollectHandler silent = collect(talkative(EventLog.class, true));
        assertThat(send(silent, "POST /v1/events", clicks()).status()).isEqualTo(503);
        nobodyIsThere();
    }

    @Test
    void storesAndBugsThatQuoteAUserBehindFeaturesAndTrainNameNobody() throws IOException {
        send(collect(stream), "POST /v1/events", clicks());
        List<byte[]> poisoned = List.of(USER_ID.getBytes(StandardCharsets.UTF_8));
        invoke(
                features(talkative(Interactions.class, true), users, quarantine),
                "events",
                placed());
        invoke(
                features(talkative(Interactions.class, false), users, quarantine),
                "events",
                placed());
        invoke(features(new MemoryInteractions(clock), users, quarantine), "events", poisoned);
        invoke(train(), "examples", poisoned);
        FeaturesHandler broken =
                features(
                        new MemoryInteractions(clock),
                        talkative(Users.class, false),
                        talkative(Quarantine.class, false));

        assertThatThrownBy(() -> invoke(broken, "events", placed()))
                .isInstanceOf(LoggedHandler.FailedException.class)
                .hasMessage("java.lang.IllegalStateException")
                .hasNoCause();

        assertThat(lastLine().path("level").asText()).isEqualTo("ERROR");
        nobodyIsThere();
    }

    @Test
    void whereTrainingStopsTheObjectThatIsDamagedIsNamed() throws IOException {
        send(collect(stream), "POST /v1/events", clicks());
        invoke(features(new MemoryInteractions(clock), users, quarantine), "events", placed());
        invoke(train(), "examples", examples.records());
        String key = models.head().orElseThrow().key();
        objects.put(key, new byte[] {1});

        assertThatThrownBy(() -> invoke(train(), "examples", examples.records()))
                .isInstanceOf(LoggedHandler.FailedException.class);
        assertThat(lines)
                .anyMatch(
                        line ->
                                line.contains("\"ERROR\",\"message\":\"Training stops")
                                        && line.contains("Version 1: Object " + key));
        nobodyIsThere();
    }

    @Test
    void recommendationsProfilesAndTheCatalogueNameNobody() throws IOException {
        String wish = "{\"userId\":\"%s\",\"anonymousId\":\"%s\"}".formatted(USER_ID, VISITOR);
        for (boolean aStore : List.of(true, false)) {
            RecommendHandler bereft =
                    recommend(
                            talkative(Interactions.class, aStore), talkative(Users.class, aStore));
            Gateway.Answer answer = send(bereft, "POST /v1/recommendations", wish);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().path("degraded").asBoolean()).isTrue();
            assertThat(send(bereft, "GET /v1/users/USER/similar", "").status())
                    .isEqualTo(aStore ? 503 : 500);
        }
        RecommendHandler usual = recommend(new MemoryInteractions(clock), users);
        send(usual, "POST /v1/recommendations", wish);
        send(usual, "POST /v1/recommendations", "{\"userId\":5, \"" + USER_ID + "\":1}");
        send(usual, "GET /v1/items/USER/similar", "");
        send(usual, "GET /v1/users/USER/similar", "");
        for (Users store :
                List.of(users, talkative(Users.class, true), talkative(Users.class, false))) {
            ProfileHandler profile = TestFunctions.profile(store, stream, clock);
            send(profile, "PUT /v1/users/USER", "{\"attributes\":{\"plan\":\"gold\"}}");
            send(profile, "PUT /v1/users/USER", "{\"" + USER_ID + "\":1}");
            send(profile, "GET /v1/users/USER", "");
            send(profile, "DELETE /v1/users/USER", "");
        }
        CatalogHandler catalog = TestFunctions.catalog(new MemoryCatalog(clock), metrics, clock);
        send(catalog, "PUT /v1/items", "{\"" + USER_ID + "\":1}");
        nobodyIsThere();
    }
}

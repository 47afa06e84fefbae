package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.KeyGenerator;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.aws.kinesis.KinesisRetainedStream;
import dev.freshet.aws.kinesis.StreamMetrics;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventType;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.features.UserStores;
import dev.freshet.functions.runtime.JsonLog;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.StreamConsumers;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.store.RetentionFlow;
import dev.freshet.store.RetentionFlow.RetainedStream;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryExampleLog;
import dev.freshet.testkit.memory.MemoryExposures;
import dev.freshet.testkit.memory.MemoryInteractions;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryUsers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that each function, denied any one of the stores that it uses, names the store and the
 * error code in its log, through its own clients.
 */
class DeniedStoresTest {
    /** What the log calls a resource. */
    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("Interactions", "The Interactions table"),
                    Map.entry("Exposures", "The Exposures table"),
                    Map.entry("Users", "The Users table"),
                    Map.entry("Items", "The Items table"),
                    Map.entry("Experiments", "The Experiments table"),
                    Map.entry("Trends", "The Trends table"),
                    Map.entry("Outcomes", "The Outcomes table"),
                    Map.entry("Models", "The Models table"),
                    Map.entry("Keys", "The Keys table"),
                    Map.entry("events", "The stream of events"),
                    Map.entry("examples", "The stream of examples"),
                    Map.entry("model-bucket", "The bucket of models"),
                    Map.entry("quarantine-bucket", "The quarantine bucket"),
                    Map.entry("lambda", "Lambda"),
                    Map.entry("metrics", "CloudWatch"),
                    Map.entry("secret", "Secrets Manager"));

    /** The error code of a resource that is not refused as DynamoDB refuses. */
    private static final Map<String, String> CODES =
            Map.of(
                    "lambda",
                    "status 403",
                    "model-bucket",
                    "AccessDenied",
                    "quarantine-bucket",
                    "AccessDenied");

    private static final String DENIED = "AccessDeniedException";
    private static final AtomicInteger SEQUENCE = new AtomicInteger(100);
    private static final EmptyAws AWS = aws();

    private static final Settings SETTINGS =
            Settings.from(
                    Map.ofEntries(
                            Map.entry("AWS_ENDPOINT_URL", AWS.address()),
                            Map.entry("FRESHET_STAGE", "dev"),
                            Map.entry("FRESHET_MODEL_ID", "main"),
                            Map.entry("FRESHET_EVENTS_STREAM", "events"),
                            Map.entry("FRESHET_EXAMPLES_STREAM", "examples"),
                            Map.entry("FRESHET_INTERACTIONS_TABLE", "Interactions"),
                            Map.entry("FRESHET_EXPOSURES_TABLE", "Exposures"),
                            Map.entry("FRESHET_USERS_TABLE", "Users"),
                            Map.entry("FRESHET_ITEMS_TABLE", "Items"),
                            Map.entry("FRESHET_EXPERIMENTS_TABLE", "Experiments"),
                            Map.entry("FRESHET_TRENDS_TABLE", "Trends"),
                            Map.entry("FRESHET_OUTCOMES_TABLE", "Outcomes"),
                            Map.entry("FRESHET_MODELS_TABLE", "Models"),
                            Map.entry("FRESHET_KEYS_TABLE", "Keys"),
                            Map.entry("FRESHET_MODEL_BUCKET", "model-bucket"),
                            Map.entry("FRESHET_QUARANTINE_BUCKET", "quarantine-bucket"),
                            Map.entry("FRESHET_COMPACT_FUNCTION", "compact"),
                            Map.entry("FRESHET_SECRET_ARN", "arn:secret")));

    private static final List<String> LINES = new CopyOnWriteArrayList<>();
    private final JsonLog log = new JsonLog(LINES::add);

    /** What is asked of a new process of a function. */
    interface Ask {
        void of() throws IOException;
    }

    /**
     * A function that is asked.
     *
     * @param stores that it asks
     */
    record Case(String name, Set<String> stores, Ask ask) {
        Case(String name, String stores, Ask ask) {
            this(name, Set.of(stores.split(" ", -1)), ask);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> functions() {
        return List.of(
                new Case("authorize", "Keys", DeniedStoresTest::authorize),
                request(
                        "collect",
                        "events",
                        CollectHandler::new,
                        "POST /v1/events",
                        "{'events':[{'eventId':'e','type':'click','userId':'ann','itemId':'tea',"
                                + "'occurredAt':'%s'}]}".formatted(Instant.now())),
                request(
                        "recommend",
                        "Interactions Users Models secret",
                        RecommendHandler::new,
                        "POST /v1/recommendations",
                        "{'userId':'ann'}"),
                request(
                        "catalog",
                        "Items examples",
                        CatalogHandler::new,
                        "POST /v1/items",
                        "{'items':[{'itemId':'tea','title':'Tea'}]}"),
                request(
                        "profile",
                        "Users",
                        ProfileHandler::new,
                        "PUT /v1/users/ann",
                        "{'attributes':{'plan':'gold'}}"),
                request(
                        "erasure",
                        "Interactions Exposures Users events secret",
                        PrivacyHandler::new,
                        "DELETE /v1/users/ann",
                        ""),
                request(
                        "export",
                        "Interactions Exposures Users Models secret quarantine-bucket",
                        PrivacyHandler::new,
                        "GET /v1/users/ann/export",
                        ""),
                new Case(
                        "features",
                        "Interactions Users examples secret quarantine-bucket",
                        () -> TestFunctions.invoke(new FeaturesHandler(SETTINGS), events())),
                new Case(
                        "train",
                        "Models model-bucket quarantine-bucket",
                        () -> TestFunctions.invoke(new TrainHandler(SETTINGS), examples())),
                new Case(
                        "compact",
                        "Models Items Experiments",
                        () -> invoke(new CompactHandler(SETTINGS), "{'source':'aws.events'}")),
                new Case(
                        "retain",
                        "events examples metrics",
                        () -> invoke(new RetainHandler(retention()), "{}")),
                new Case(
                        "alarm",
                        "events examples",
                        () ->
                                invoke(
                                        new RetainHandler(retention()),
                                        "{'alarmData':{'state':{'value':'ALARM'}}}")),
                new Case(
                        "bulk",
                        "Models model-bucket secret Interactions Users",
                        () ->
                                invoke(
                                        new BulkHandler(SETTINGS),
                                        "{'run':'mail','request':{},'users':[{'line':1,"
                                                + "'user':{'userId':'ann'}}]}")),
                new Case(
                        "worker",
                        "Interactions Users examples Models model-bucket secret quarantine-bucket",
                        DeniedStoresTest::worker));
    }

    private static Case request(
            String name,
            String stores,
            Function<Settings, RequestStreamHandler> handler,
            String request,
            String body) {
        return new Case(
                name,
                stores,
                () -> new Gateway(handler.apply(SETTINGS)).ask(request, body.replace('\'', '"')));
    }

    private static void invoke(RequestStreamHandler handler, String event) throws IOException {
        TestFunctions.invoke(handler, Gateway.MAPPER.readTree(event.replace('\'', '"')));
    }

    private static void authorize() throws IOException {
        KeyGenerator generator = new KeyGenerator(new SecureRandom());
        invoke(
                new AuthorizeHandler(SETTINGS),
                "{'type':'REQUEST','methodArn':'arn:a/v1/GET/v1/trending','authorizationToken':"
                        + "'Bearer %s'}"
                                .formatted(generator.secret("k", Instant.now(), null).shown()));
    }

    private static Optional<RetentionFlow> retention() {
        Clients clients = new Clients(SETTINGS);
        StreamMetrics metrics = new StreamMetrics(clients.cloudWatch());
        return Optional.of(
                new RetentionFlow(
                        Stream.of("events", "examples")
                                .<RetainedStream>map(
                                        name ->
                                                new KinesisRetainedStream(
                                                        clients.kinesis(),
                                                        metrics,
                                                        name,
                                                        StreamMetrics.Reader.ofFunction("reads")))
                                .toList(),
                        InstantSource.system()));
    }

    private static void worker() throws IOException {
        StreamConsumers worker = new StreamConsumers(SETTINGS);
        worker.features().take(records(events()), Instant.now().plusSeconds(30));
        worker.train().take(records(examples()), Instant.now().plusSeconds(30));
    }

    private static List<StreamRecord> records(JsonNode event) throws IOException {
        return StreamEvent.read(new ByteArrayInputStream(Gateway.MAPPER.writeValueAsBytes(event)));
    }

    /** Returns a click and a record that cannot be read. */
    private static ObjectNode events() {
        EventHeader header = EventHeader.of("e-1", UserIdentity.user("ann"), Instant.now());
        Event click =
                new Event.Interaction(header, EventType.CLICK, Target.item("tea"), Value.NONE);
        return batch("events", new EventCodec().encode(click));
    }

    /** Returns the example of the click, and a record that cannot be read. */
    private static ObjectNode examples() throws IOException {
        SettableClock clock = new SettableClock(Instant.now());
        MemoryExampleLog examples = new MemoryExampleLog();
        TestFunctions.invoke(
                TestFunctions.features(
                        new UserStores(
                                new MemoryInteractions(clock),
                                new MemoryExposures(clock),
                                new MemoryUsers(clock)),
                        examples,
                        new MemoryQuarantine(),
                        new Metrics("dev", "main", clock, _ -> {}),
                        clock),
                events());
        return batch("examples", examples.records().getFirst());
    }

    private static ObjectNode batch(String stream, byte[] record) {
        double arrived = Instant.now().getEpochSecond();
        return TestFunctions.batch(stream, "ann", SEQUENCE, arrived, record, new byte[] {1});
    }

    private static EmptyAws aws() {
        try {
            return new EmptyAws();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void listen() {
        var _ = new Wiring(SETTINGS); // installs the log of the process, which resets handlers
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void stop() {
        Logger.getLogger("").removeHandler(log);
    }

    @AfterAll
    static void end() {
        AWS.close();
    }

    private void ask(Case function, String denied) throws IOException {
        AWS.deny(denied);
        try {
            function.ask().of();
        } catch (LoggedHandler.FailedException logged) {
            assertThat(LINES).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void theLogNamesAStoreThatIsDenied(Case function) throws IOException {
        for (String store : function.stores()) {
            if (!function.name().equals("worker")) {
                LINES.clear();
            } // else it runs what features and train do, whose warnings of this minute it has not
            ask(function, store);
            assertThat(AWS.asked()).as("asked by %s", function).contains(store);
            assertThat(LINES)
                    .as("%s without %s", function, store)
                    .anyMatch(line -> names(line, function, store))
                    .noneMatch(line -> line.contains("ann"));
        }
    }

    private static boolean names(String line, Case function, String store) {
        String stream = function.name().matches("retain|alarm") ? "The stream " + store : "";
        return (line.contains(NAMES.getOrDefault(store, store)) || line.contains(stream))
                && line.contains(CODES.getOrDefault(store, DENIED));
    }
}

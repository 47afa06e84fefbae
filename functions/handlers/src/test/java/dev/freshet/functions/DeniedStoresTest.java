package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.KeyGenerator;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.aws.kinesis.KinesisRetainedStream;
import dev.freshet.aws.kinesis.KinesisShardedStream;
import dev.freshet.aws.kinesis.StreamMetrics;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.Pseudonym;
import dev.freshet.functions.runtime.JsonLog;
import dev.freshet.functions.runtime.StreamConsumers;
import dev.freshet.functions.runtime.StreamConsumers.StreamConsumer;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.store.RetentionFlow;
import dev.freshet.store.RetentionFlow.AdaptiveRetention;
import dev.freshet.store.RetentionFlow.RetainedStream;
import dev.freshet.store.ShardScalingFlow;
import dev.freshet.store.ShardScalingFlow.ShardedStream;
import dev.freshet.training.CompactionRequests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that each function, denied any one of the stores that it uses, names the store and the
 * error code in its log, through its own clients.
 *
 * <p>Empty stores do not lead to some: recommend, compact and privacy read an object of the model's
 * bucket after a first version only; announce writes there, and to the stream of examples, where it
 * was given neighbours; compact sends items and definitions that exist; train writes trends of
 * closed windows (TrainingFlowTest); privacy asks the lake's bucket about an erasure that began;
 * authorize and collect ask for the secret where a token of a user or of a list is sent. Recommend
 * asks CloudWatch where streams are no emulator's, and the worker's leases are its library's. The
 * functions of the lake wait for a minute and more: for users and the secret where they transform
 * (LakeFlowTest), and for Athena where they make tables (LakeTablesHandlerTest).
 */
class DeniedStoresTest {
    /** What the log calls a resource that is no table. */
    private static final Map<String, String> NAMES =
            Map.of(
                    "events", "The stream of events",
                    "examples", "The stream of examples",
                    "bedrock", "Bedrock",
                    "lake-bucket", "The lake bucket",
                    "model-bucket", "The bucket of models",
                    "quarantine-bucket", "The quarantine bucket",
                    "lambda", "Lambda",
                    "metrics", "CloudWatch",
                    "secret", "Secrets Manager");

    private static final String DENIED = "AccessDeniedException";
    private static final Pattern ANN = Pattern.compile("\\bann\\b");
    private static final AtomicInteger SEQUENCE = new AtomicInteger(100);
    private static final EmptyAws AWS = new EmptyAws();
    private static final Settings SETTINGS = settings(AWS.address());
    private static final List<String> LINES = new CopyOnWriteArrayList<>();
    private final JsonLog log = new JsonLog(LINES::add);

    private static Settings settings(String address) {
        Map<String, String> variables = new HashMap<>();
        for (String pair :
                """
                STACK=shop STAGE=dev MODEL_ID=main EVENTS_STREAM=events EXAMPLES_STREAM=examples
                MODEL_BUCKET=model-bucket QUARANTINE_BUCKET=quarantine-bucket
                COMPACT_FUNCTION=compact SECRET_ARN=arn:secret LAKE_BUCKET=lake-bucket
                EMBEDDER=bedrock K_ANONYMITY=1"""
                        .split("\\s", -1)) {
            variables.put("FRESHET_" + pair.split("=", -1)[0], pair.split("=", -1)[1]);
        }
        for (String table :
                "Interactions Exposures Users Items Experiments Trends Outcomes Models Keys"
                        .split(" ", -1)) {
            variables.put("FRESHET_" + table.toUpperCase(Locale.ROOT) + "_TABLE", table);
        }
        variables.put("AWS_ENDPOINT_URL", address);
        return Settings.from(variables);
    }

    /** What is asked of a new process of a function. */
    interface Ask {
        void of() throws IOException;
    }

    /**
     * A function that is asked.
     *
     * @param stores that it asks
     */
    record Case(String name, String stores, Ask ask) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Functions, the stores that they ask, and the requests or members of events for that. */
    private static final String ASKED =
            """
            collect | events | POST /v1/events | {'events':[{'eventId':'e','type':'click','userId':'ann','itemId':'tea','occurredAt':'NOW'}]}
            recommend | Interactions Users Models secret | POST /v1/recommendations | {'userId':'ann'}
            recommend | quarantine-bucket | GET /v1/insights/quality |
            recommend | Outcomes | GET /v1/insights/outcomes |
            recommend | Trends | GET /v1/insights/sources |
            catalog | Items examples bedrock | POST /v1/items | {'items':[{'itemId':'tea','title':'Tea for ann'}]}
            catalog | Experiments | GET /v1/experiments |
            profile | Users | PUT /v1/users/ann | {'attributes':{'plan':'gold'}}
            profile | Users events | POST /v1/users/alias | {'anonymousId':'anon-1','userId':'ann'}
            privacy | Interactions Exposures Users events secret | DELETE /v1/users/ann |
            privacy | Interactions Exposures Users Models secret quarantine-bucket | GET /v1/users/ann/export |
            compact | Models Items Experiments | | 'source':'aws.events'
            announce | lake-bucket | | 'file':'neighbours/1','job':'neighbours','madeAt':'2026-11-30T04:40:00Z'
            lake | lake-bucket | | 'redrive':true
            lake | Items lake-bucket | | 'items':{'part':0,'after':''}
            scale | events metrics | |
            retain | events examples metrics | |
            retain | events examples | | 'alarmData':{'state':{'value':'ALARM'}}
            bulk | Models model-bucket secret Interactions Users | | 'run':'mail','request':{},'users':[{'line':1,'user':{'userId':'ann'}}]
            """;

    static List<Case> functions() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("authorize", "Keys", DeniedStoresTest::authorize));
        cases.add(new Case("answer", "lake-bucket", DeniedStoresTest::answerOfTheLake));
        cases.add(
                new Case(
                        "features",
                        "Interactions Exposures Users examples secret quarantine-bucket",
                        () ->
                                TestFunctions.invoke(
                                        new FeaturesHandler(new Wiring(SETTINGS)), events())));
        cases.add(
                new Case(
                        "train",
                        "Models model-bucket quarantine-bucket",
                        () ->
                                TestFunctions.invoke(
                                        new TrainHandler(new Wiring(SETTINGS)),
                                        examples(Duration.ZERO))));
        cases.add(new Case("train on", "Outcomes lambda", DeniedStoresTest::trainOn));
        for (String line : ASKED.lines().toList()) {
            String[] part = line.split(" *\\| ?", 4);
            String body = part[3].replace("NOW", Instant.now().toString()).replace('\'', '"');
            cases.add(new Case(part[0], part[1], () -> ask(handler(part[0]), part[2], body)));
        }
        cases.add(
                new Case(
                        "worker",
                        "Interactions Exposures Users examples Models model-bucket secret"
                                + " quarantine-bucket Outcomes",
                        DeniedStoresTest::worker));
        return cases;
    }

    private static RequestStreamHandler handler(String function) {
        return switch (function) {
            case "collect" -> new CollectHandler(new Wiring(SETTINGS));
            case "recommend" -> new RecommendHandler(new Wiring(SETTINGS));
            case "catalog" -> new CatalogHandler(new Wiring(SETTINGS));
            case "profile" -> new ProfileHandler(new Wiring(SETTINGS));
            case "privacy" -> new PrivacyHandler(new Wiring(SETTINGS));
            case "compact" -> new CompactHandler(new Wiring(SETTINGS));
            case "announce" -> new AnnounceHandler(new Wiring(SETTINGS));
            case "lake" -> new LakeHandler(new Wiring(SETTINGS));
            case "scale" -> scale(SETTINGS);
            case "retain" -> retain(SETTINGS);
            default -> new BulkHandler(new Wiring(SETTINGS));
        };
    }

    private static void ask(RequestStreamHandler handler, String request, String body)
            throws IOException {
        if (request.isEmpty()) {
            TestFunctions.invoke(handler, Gateway.MAPPER.readTree("{" + body + "}"));
        } else {
            new Gateway(handler).ask(request, body);
        }
    }

    private static void authorize() throws IOException {
        String key = new KeyGenerator(new SecureRandom()).secret("k", Instant.now(), null).shown();
        ObjectNode event = Gateway.MAPPER.createObjectNode().put("type", "REQUEST");
        event.put("methodArn", "arn:a/v1/GET/v1/trending")
                .put("authorizationToken", "Bearer " + key);
        TestFunctions.invoke(new AuthorizeHandler(new Wiring(SETTINGS)), event);
    }

    private static void answerOfTheLake() {
        ObjectNode request = Gateway.event("GET /v1/insights/lake/click-rate");
        request.put("resource", "/v1/insights/lake/{query}");
        request.putObject("pathParameters").put("query", "click-rate");
        new Gateway(new RecommendHandler(new Wiring(SETTINGS))).send(request);
    }

    private static RequestStreamHandler retain(Settings settings) {
        Clients clients = new Clients(settings);
        StreamMetrics metrics = new StreamMetrics(clients.cloudWatch());
        StreamMetrics.Reader reader = StreamMetrics.Reader.ofFunction("reads");
        List<RetainedStream> streams =
                Stream.of("events", "examples")
                        .<RetainedStream>map(
                                name ->
                                        new KinesisRetainedStream(
                                                clients.kinesis(), metrics, name, List.of(reader)))
                        .toList();
        return new RetainHandler(
                Optional.of(
                        new RetentionFlow(
                                streams, AdaptiveRetention.SHORT, InstantSource.system())));
    }

    private static RequestStreamHandler scale(Settings settings) {
        Clients clients = new Clients(settings);
        StreamMetrics metrics = new StreamMetrics(clients.cloudWatch());
        ShardedStream events = new KinesisShardedStream(clients.kinesis(), metrics, "events");
        return new ScaleHandler(
                Optional.of(new ShardScalingFlow(events, 1, 2, InstantSource.system())));
    }

    /** Trains from one day to the next, and until a compaction is due. */
    private static void trainOn() throws IOException {
        TrainHandler train = new TrainHandler(new Wiring(SETTINGS));
        for (int version = 1; version <= CompactionRequests.VERSIONS; version++) {
            TestFunctions.invoke(
                    train, examples(Duration.ofMinutes(version == 1 ? 1_500 : 60 - version)));
        }
    }

    private static void worker() throws IOException {
        StreamConsumers worker = new StreamConsumers(SETTINGS);
        worker.features().take(records(events()), Instant.now().plusSeconds(30));
        StreamConsumer train = worker.train();
        train.take(records(examples(Duration.ofDays(1))), Instant.now().plusSeconds(30));
        train.take(records(examples(Duration.ZERO)), Instant.now().plusSeconds(30));
    }

    private static List<StreamRecord> records(JsonNode event) throws IOException {
        return StreamEvent.read(new ByteArrayInputStream(Gateway.MAPPER.writeValueAsBytes(event)));
    }

    /** Returns a click, a record that cannot be read, and an erasure. */
    private static ObjectNode events() {
        EventHeader header = EventHeader.of("e-1", UserIdentity.user("ann"), Instant.now());
        Event click =
                new Event.Interaction(header, EventType.CLICK, Target.item("tea"), Value.NONE);
        EventCodec codec = new EventCodec();
        byte[] erasure = codec.encode(new Event.Erasure(header, "ann"));
        return batch("events", codec.encode(click), new byte[] {1}, erasure);
    }

    /** Returns the examples of a list and of a click, and a record that cannot be read. */
    private static ObjectNode examples(Duration ago) {
        Instant at = Instant.now().minus(ago);
        ShardPosition position =
                new ShardPosition("events/1", BigInteger.valueOf(SEQUENCE.incrementAndGet()));
        Pseudonym user = new Pseudonym(position.sequence().longValue());
        int hour = (int) (at.getEpochSecond() / 3_600);
        Example list = Example.Exposure.of(position, user, hour, "home", List.of(), List.of());
        Example click =
                new Example.Interaction(
                        new ShardPosition("events/2", position.sequence()),
                        user,
                        Target.item("tea"),
                        EventType.CLICK,
                        1,
                        0,
                        at,
                        Context.UNKNOWN);
        return batch("examples", ExampleCodec.encode(List.of(list, click)), new byte[] {1});
    }

    private static ObjectNode batch(String stream, byte[]... records) {
        double arrived = Instant.now().getEpochSecond();
        return TestFunctions.batch(stream, "ann", SEQUENCE, arrived, records);
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
        for (String store : function.stores().split(" ", -1)) {
            if (!function.name().equals("worker")) {
                LINES.clear();
            } // else it runs what features and train do, whose warnings of this minute it has not
            ask(function, store);
            assertThat(AWS.asked()).as("asked by %s", function).contains(store);
            assertThat(LINES)
                    .as("%s without %s", function, store)
                    .anyMatch(line -> names(line, function, store))
                    .noneMatch(line -> ANN.matcher(line).find());
        }
    }

    private static String code(String store) {
        String ofS3 = store.endsWith("-bucket") ? "AccessDenied" : DENIED;
        return store.equals("lambda") ? "status 403" : ofS3;
    }

    private static boolean names(String line, Case function, String store) {
        String stream = function.name().matches("retain|scale") ? "The stream " + store : "";
        return (line.contains(NAMES.getOrDefault(store, "The " + store + " table"))
                        || line.contains(stream))
                && line.contains(code(store));
    }

    @Test
    void theLogNamesAStoreThatIsDown() {
        LINES.clear();
        new Gateway(new ProfileHandler(new Wiring(settings("http://127.0.0.1:1"))))
                .ask("PUT /v1/users/ann", "{\"attributes\":{\"plan\":\"gold\"}}");

        assertThat(LINES)
                .anyMatch(
                        line ->
                                line.contains(
                                        "The Users table is unavailable: getItem, HttpHostConnectException"))
                .noneMatch(line -> ANN.matcher(line).find());
    }
}

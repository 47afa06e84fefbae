package dev.freshet.emulated;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.AccessKey;
import dev.freshet.aws.JsonService;
import dev.freshet.aws.Settings;
import dev.freshet.aws.SignedHttp;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.ItemReader;
import dev.freshet.check.Sha256;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Target;
import dev.freshet.event.Value;
import dev.freshet.example.Example.DefinitionKind;
import dev.freshet.experiment.ExperimentReader;
import dev.freshet.experiment.StoredDefinition;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.model.Model;
import dev.freshet.privacy.ExportFlow;
import dev.freshet.profile.UserProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An upgrade: this build goes on with what a release has stored, namely rows of all tables, objects
 * of the model, and records in both streams that no function has processed yet.
 *
 * <p>The state of a release is one file, which its build writes with {@code -Dfreshet.update=true}
 * where it is missing; later builds only read it.
 */
class UpgradeTest {
    private static final Instant TIME = Instant.parse("2026-12-01T12:00:00Z");
    private static final InstantSource AT_TIME = InstantSource.fixed(TIME);
    private static final String MODEL_ID = "upgrade-main";
    private static final int EVENTS = 120;
    private static final int CLICKS = 108;
    private static final int USERS = 12;
    private static final int ITEMS = 10;

    /** Events that the release has not processed; of the records of examples it leaves one. */
    private static final int PENDING = 20;

    private static final AccessKey KEY =
            new AccessKey(
                    "abcdefghijkl",
                    AccessKey.KeyKind.PUBLISHABLE,
                    "site",
                    new AccessKey.Proof.SecretHash(Sha256.of("secret".getBytes(UTF_8))),
                    List.of(new AccessKey.Origin("https://www.example.org")),
                    "u".repeat(40),
                    TIME,
                    null,
                    null,
                    1);
    private static final String RULE =
            "{\"boost\":[{\"when\":{\"field\":\"type\",\"is\":\"film\"},\"factor\":2}]}";
    private static final String EXPERIMENT =
            """
            {"id":"home","version":1,"status":"running","layer":"ranking","slots":[0,5000],
             "traffic":1,"salt":"home-1","plannedUsers":1000,
             "arms":[{"id":"control","weight":0.5},{"id":"diverse","weight":0.5,"diversity":0.3}],
             "metrics":{"primary":"listCtr","margin":0.01,"window":"7d"}}
            """;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a release had stored when it was replaced. Rows are as DynamoDB's API writes them. */
    private record State(
            Map<String, JsonNode> rows,
            Map<String, byte[]> objects,
            List<Pending> events,
            List<Pending> examples) {}

    /** A record that was in a stream, not processed. */
    private record Pending(String position, String partitionKey, byte[] data, long arrivedAt) {
        static Pending of(StreamRecord record) {
            return new Pending(
                    record.position().toString(),
                    record.partitionKey(),
                    record.data(),
                    record.arrivedAt().toEpochMilli());
        }

        StreamRecord record() {
            return new StreamRecord(
                    ShardPosition.parse(position),
                    partitionKey,
                    data,
                    Instant.ofEpochMilli(arrivedAt));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "0.1")
    void whatAReleaseStoredIsReadAndContinued(String release) throws Exception {
        Path file = Path.of("src/test/resources/dev/freshet/emulated/release-" + release + ".json");
        if (Boolean.getBoolean("freshet.update") && Files.notExists(file)) {
            Files.createDirectories(file.getParent());
            Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(written()));
        }
        State state = JSON.readValue(file.toFile(), State.class);
        String prefix = "upgraded-from-" + release + "-";
        try (WorkerScene scene = scene(prefix)) {
            load(prefix, scene, state);
            Wiring build = new Wiring(scene.settings(), AT_TIME);

            List<StreamRecord> events = state.events().stream().map(Pending::record).toList();
            assertThat(features(build, events)).as("events left").isEmpty();
            List<StreamRecord> examples = state.examples().stream().map(Pending::record).toList();
            assertThat(train(build, examples)).as("examples left").isEmpty();
            List<StreamRecord> added =
                    StreamRecords.of(scene.clients().kinesis(), scene.examples());
            assertThat(train(build, added)).as("new examples left").isEmpty();

            Model model = scene.model(scene.settings());
            assertThat(model.totals().events()).as("each click once").isEqualTo(CLICKS);
            assertThat(model.users()).isEqualTo(USERS);
            assertThat(scene.interactions()).isEqualTo(CLICKS);
            assertThat(scene.log(scene.settings()).snapshots(1)).isNotEmpty();
            assertStored(build);
        }
    }

    private static void assertStored(Wiring build) {
        UserProfile profile = build.stores().users().get("user-1");
        assertThat(profile.attributes()).containsEntry("plan", new AttributeValue.Text("gold"));
        ExportFlow.Part export = build.exports().part("user-1", null, TIME.plusSeconds(60));
        assertThat(export.rows()).hasSize(8);
        assertThat(export.lists()).hasSize(2);
        Item item = build.stores().items().get("item-3").orElseThrow();
        assertThat(item.content().title()).isEqualTo("Title 3");
        assertThat(build.definitions().all(DefinitionKind.EXPERIMENT))
                .extracting(StoredDefinition::document)
                .containsExactly(EXPERIMENT);
        assertThat(build.definitions().all(DefinitionKind.RULE))
                .extracting(StoredDefinition::document)
                .containsExactly(RULE);
        assertThat(build.stores().accessKeys().list()).containsExactly(KEY);
    }

    /** Lets this build process events, and stops it in the middle of its work. */
    private static State written() throws Exception {
        String prefix = "upgrade-";
        try (WorkerScene scene = scene(prefix)) {
            Wiring build = new Wiring(scene.settings(), AT_TIME);
            build.stores().accessKeys().put(KEY.withRevision(0));
            build.catalog().put(IntStream.range(0, ITEMS).mapToObj(UpgradeTest::item).toList());
            build.definitions()
                    .put(
                            ExperimentReader.read(EXPERIMENT.getBytes(UTF_8), EventTypes.BUILT_IN),
                            EXPERIMENT,
                            "the test");
            build.definitions().put(DefinitionKind.RULE, "films", RULE);
            build.profiles().put("user-1", Map.of("plan", new AttributeValue.Text("gold")), null);
            List<PutRecordsRequestEntry> put =
                    IntStream.range(0, EVENTS).mapToObj(UpgradeTest::event).toList();
            scene.clients().kinesis().putRecords(r -> r.streamName(scene.events()).records(put));
            List<StreamRecord> events = StreamRecords.of(scene.clients().kinesis(), scene.events());
            List<StreamRecord> examples = List.of();
            for (int from = 0; from < EVENTS - PENDING; from += PENDING) {
                train(build, examples);
                features(build, events.subList(from, from + PENDING));
                if (from == EVENTS / 2) {
                    InstantSource nextDay = InstantSource.fixed(TIME.plus(Duration.ofDays(2)));
                    new Wiring(scene.settings(), nextDay).compaction().run();
                }
                examples = StreamRecords.of(scene.clients().kinesis(), scene.examples());
            }
            int trained = examples.size() - 1;
            train(build, examples.subList(0, trained));
            return new State(
                    rows(prefix, scene),
                    objects(scene.clients().s3()),
                    events.stream().skip(EVENTS - PENDING).map(Pending::of).toList(),
                    examples.stream().skip(trained).map(Pending::of).toList());
        }
    }

    private static Optional<ShardPosition> features(Wiring build, List<StreamRecord> events) {
        return build.featuresConsumer().take(events, TIME, TIME.plusSeconds(60));
    }

    private static Optional<ShardPosition> train(Wiring build, List<StreamRecord> examples) {
        return examples.isEmpty() ? Optional.empty() : build.trainConsumer().take(examples, TIME);
    }

    private static WorkerScene scene(String prefix) throws InterruptedException {
        String keys = prefix + EmulatedAws.KEYS;
        return new WorkerScene(
                prefix, 1, Map.of("FRESHET_MODEL_ID", MODEL_ID, "FRESHET_KEYS_TABLE", keys));
    }

    private static Item item(int number) {
        try {
            return ItemReader.read(
                    JSON.readTree(
                            """
                            {"itemId":"item-%1$d","version":1,"title":"Title %1$d","type":"film","tags":["tag-%2$d"],
                             "attributes":{"stock":%1$d,"colours":["red"],"new":true}}
                            """
                                    .formatted(number, number % 3)));
        } catch (IOException | ItemReader.InvalidItemException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns a click, or as each tenth record an impression. */
    private static PutRecordsRequestEntry event(int number) {
        String user = "user-" + number % USERS;
        Instant at = TIME.minus(Duration.ofHours(5)).plusSeconds(number);
        EventHeader header = WorkerScene.header("event-" + number, user, at);
        String item = "item-" + number * 7 % ITEMS;
        Event event =
                number % 10 == 9
                        ? new Event.Impression(header, "home", List.of(item))
                        : new Event.Interaction(
                                header, EventType.CLICK, Target.item(item), Value.NONE);
        return PutRecordsRequestEntry.builder()
                .partitionKey(user)
                .data(SdkBytes.fromByteArray(new EventCodec().encode(event)))
                .build();
    }

    /** Returns the rows of the tables by the tables' names without the prefix. */
    private static Map<String, JsonNode> rows(String prefix, WorkerScene scene) throws Exception {
        Map<String, JsonNode> rows = new TreeMap<>();
        List<String> tables = new ArrayList<>(WorkerScene.tables("").values());
        tables.add(EmulatedAws.KEYS);
        for (String table : tables) {
            ObjectNode scan = JSON.createObjectNode().put("TableName", prefix + table);
            JsonNode page = dynamodb(scene, "Scan", scan);
            assertThat(page.has("LastEvaluatedKey")).as("one page").isFalse();
            rows.put(table, page.path("Items"));
        }
        return rows;
    }

    private static Map<String, byte[]> objects(S3Client s3) {
        String bucket = EmulatedAws.MODEL_BUCKET;
        return s3.listObjectsV2(r -> r.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .filter(key -> key.contains(MODEL_ID))
                .collect(
                        Collectors.toMap(
                                key -> key,
                                key ->
                                        s3.getObjectAsBytes(r -> r.bucket(bucket).key(key))
                                                .asByteArray()));
    }

    private static void load(String prefix, WorkerScene scene, State state) throws Exception {
        for (Map.Entry<String, JsonNode> table : state.rows().entrySet()) {
            for (JsonNode row : table.getValue()) {
                ObjectNode put = JSON.createObjectNode().put("TableName", prefix + table.getKey());
                dynamodb(scene, "PutItem", put.set("Item", row));
            }
        }
        S3Client s3 = scene.clients().s3();
        state.objects()
                .forEach(
                        (key, bytes) ->
                                s3.putObject(
                                        r -> r.bucket(EmulatedAws.MODEL_BUCKET).key(key),
                                        RequestBody.fromBytes(bytes)));
    }

    /** Calls DynamoDB without the SDK, whose types would have to be written as JSON and back. */
    private static JsonNode dynamodb(WorkerScene scene, String operation, JsonNode body)
            throws IOException {
        SignedHttp http = scene.clients().signed(Settings.Service.DYNAMODB, "dynamodb");
        return new JsonService(http, "DynamoDB_20120810", "1.0").call(operation, body);
    }
}

package dev.freshet.emulated;

import dev.freshet.local.StateFolder;
import dev.freshet.local.emulator.Emulators;
import dev.freshet.local.emulator.Installation;
import dev.freshet.storage.Clients;
import dev.freshet.storage.Settings;
import dev.freshet.storage.TableKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * The emulators with empty tables, streams and buckets, started once for all tests of a run; the
 * child processes end with it.
 */
final class EmulatedAws {
    static final String EVENTS = "events";
    static final String EXAMPLES = "examples";
    static final String INTERACTIONS = "Interactions";
    static final String USERS = "Users";
    static final String ITEMS = "Items";
    static final String TRENDS = "Trends";
    static final String MODELS = "Models";
    static final String MODEL_BUCKET = "freshet-models";
    static final String QUARANTINE_BUCKET = "freshet-quarantine";

    private static final int MAX_LOOKS = 500;

    private EmulatedAws() {}

    private static final class Running {
        static final Clients CLIENTS = start();
    }

    static Clients clients() {
        return Running.CLIENTS;
    }

    private static Clients start() {
        try {
            StateFolder state = StateFolder.take(Path.of("target", "emulated").toAbsolutePath());
            state.empty();
            Path home = Path.of("..").toAbsolutePath().normalize();
            Emulators emulators =
                    Emulators.start(Installation.of(home), state, System.err::println);
            Clients clients =
                    new Clients(
                            Settings.from(
                                    Map.of(
                                            "AWS_ENDPOINT_URL_DYNAMODB",
                                            emulators.dynamodb().toString(),
                                            "AWS_ENDPOINT_URL_KINESIS",
                                            emulators.kinesis().toString(),
                                            "AWS_ENDPOINT_URL_S3",
                                            emulators.s3().toString(),
                                            "AWS_REGION",
                                            "us-east-1")));
            makeTables(clients.dynamoDb());
            makeStream(clients.kinesis(), EVENTS, 2);
            makeStream(clients.kinesis(), EXAMPLES, 1);
            clients.s3().createBucket(r -> r.bucket(MODEL_BUCKET));
            clients.s3().createBucket(r -> r.bucket(QUARANTINE_BUCKET));
            return clients;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the emulators started", e);
        }
    }

    private static void makeTables(DynamoDbClient dynamoDb) {
        makeTable(dynamoDb, USERS, TableKeys.USER_ID, List.of());
        makeTable(dynamoDb, ITEMS, TableKeys.ITEM_ID, List.of());
        makeTable(
                dynamoDb,
                INTERACTIONS,
                TableKeys.READER_ID,
                List.of(attribute(TableKeys.EVENT_KEY, ScalarAttributeType.S)));
        makeTable(
                dynamoDb,
                TRENDS,
                TableKeys.SCOPE,
                List.of(attribute(TableKeys.WINDOW_START, ScalarAttributeType.N)));
        makeTable(
                dynamoDb,
                MODELS,
                TableKeys.MODEL_ID,
                List.of(attribute(TableKeys.VERSION, ScalarAttributeType.N)));
    }

    private static void makeTable(
            DynamoDbClient dynamoDb, String name, String key, List<AttributeDefinition> sortKey) {
        List<AttributeDefinition> attributes = new ArrayList<>();
        attributes.add(attribute(key, ScalarAttributeType.S));
        attributes.addAll(sortKey);
        List<KeySchemaElement> keys = new ArrayList<>();
        keys.add(element(key, KeyType.HASH));
        sortKey.forEach(a -> keys.add(element(a.attributeName(), KeyType.RANGE)));
        dynamoDb.createTable(
                r ->
                        r.tableName(name)
                                .attributeDefinitions(attributes)
                                .keySchema(keys)
                                .billingMode(BillingMode.PAY_PER_REQUEST));
        dynamoDb.waiter().waitUntilTableExists(r -> r.tableName(name));
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
    }

    private static KeySchemaElement element(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static void makeStream(KinesisClient kinesis, String name, int shards)
            throws InterruptedException {
        kinesis.createStream(r -> r.streamName(name).shardCount(shards));
        for (int i = 0; i < MAX_LOOKS; i++) {
            StreamStatus status =
                    kinesis.describeStreamSummary(r -> r.streamName(name))
                            .streamDescriptionSummary()
                            .streamStatus();
            if (status == StreamStatus.ACTIVE) {
                return;
            }
            Thread.sleep(10);
        }
        throw new IllegalStateException("stream " + name + " does not become active");
    }
}

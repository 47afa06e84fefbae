package dev.freshet.emulated;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.aws.row.TableKeys;
import dev.freshet.local.emulator.Emulators;
import dev.freshet.local.emulator.Installation;
import dev.freshet.local.host.StateFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/**
 * The emulators with empty tables, streams and buckets, started once for all tests of a run; the
 * child processes end with it.
 */
final class EmulatedAws {
    static final String EVENTS = "events";
    static final String EXAMPLES = "examples";
    static final String INTERACTIONS = "Interactions";
    static final String EXPOSURES = "Exposures";
    static final String OUTCOMES = "Outcomes";
    static final String EXPERIMENTS = "Experiments";
    static final String USERS = "Users";
    static final String ITEMS = "Items";
    static final String TRENDS = "Trends";
    static final String KEYS = "Keys";
    static final String MODELS = "Models";
    static final String MODEL_BUCKET = "freshet-models";
    static final String QUARANTINE_BUCKET = "freshet-quarantine";

    /** The state of the emulators; each of the processes that run tests at once has its own. */
    static final Path FOLDER =
            Path.of("target", "emulated-" + System.getProperty("freshet.fork", "1"))
                    .toAbsolutePath();

    private static final int MAX_LOOKS = 500;

    private EmulatedAws() {}

    private static final class Running {
        static final Settings SETTINGS = start();
        static final Clients CLIENTS = make();

        private static Clients make() {
            try {
                return make(new Clients(SETTINGS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the emulators started", e);
            }
        }

        private static Clients make(Clients clients) throws InterruptedException {
            makeTables(clients.dynamoDb());
            makeStream(clients.kinesis(), EVENTS, 2);
            makeStream(clients.kinesis(), EXAMPLES, 1);
            makeBucket(clients.s3(), MODEL_BUCKET);
            makeBucket(clients.s3(), QUARANTINE_BUCKET);
            return clients;
        }

        /** Creates a bucket; the SDK may have to ask a second time where the first was slow. */
        private static void makeBucket(S3Client s3, String bucket) {
            try {
                s3.createBucket(r -> r.bucket(bucket));
            } catch (BucketAlreadyOwnedByYouException byTheFirstAttempt) {
                s3.headBucket(r -> r.bucket(bucket));
            }
        }
    }

    static Clients clients() {
        return Running.CLIENTS;
    }

    /**
     * Returns settings with the emulators' addresses; the tables exist after the first call of
     * {@link #clients}.
     */
    static Settings settings() {
        return Running.SETTINGS;
    }

    private static Settings start() {
        try {
            StateFolder state = StateFolder.take(FOLDER);
            state.empty();
            Path home = Path.of("..").toAbsolutePath().normalize();
            Emulators emulators =
                    Emulators.start(Installation.of(home), state, System.err::println);
            return Settings.from(
                    Map.of(
                            "AWS_ENDPOINT_URL_DYNAMODB",
                            emulators.dynamodb().toString(),
                            "AWS_ENDPOINT_URL_KINESIS",
                            emulators.kinesis().toString(),
                            "AWS_ENDPOINT_URL_S3",
                            emulators.s3().toString(),
                            "AWS_REGION",
                            "us-east-1"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the emulators started", e);
        }
    }

    private static void makeTables(DynamoDbClient dynamoDb) {
        makeTables(dynamoDb, "");
    }

    /** Creates the tables, with a prefix before their names. */
    static void makeTables(DynamoDbClient dynamoDb, String prefix) {
        makeTable(dynamoDb, prefix + USERS, TableKeys.USER_ID, List.of());
        makeTable(dynamoDb, prefix + KEYS, TableKeys.KEY_ID, List.of());
        makeTable(dynamoDb, prefix + EXPERIMENTS, TableKeys.EXPERIMENT_ID, List.of());
        makeTable(dynamoDb, prefix + ITEMS, TableKeys.ITEM_ID, List.of());
        makeTable(
                dynamoDb,
                prefix + INTERACTIONS,
                TableKeys.USER_ID,
                List.of(attribute(TableKeys.EVENT_KEY, ScalarAttributeType.S)));
        makeTable(
                dynamoDb,
                prefix + EXPOSURES,
                TableKeys.USER_ID,
                List.of(attribute(TableKeys.LIST_KEY, ScalarAttributeType.S)));
        makeTable(
                dynamoDb,
                prefix + OUTCOMES,
                TableKeys.SCOPE,
                List.of(attribute(TableKeys.DAY_KEY, ScalarAttributeType.S)));
        makeTable(
                dynamoDb,
                prefix + TRENDS,
                TableKeys.SCOPE,
                List.of(attribute(TableKeys.WINDOW_START, ScalarAttributeType.N)));
        makeTable(
                dynamoDb,
                prefix + MODELS,
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
        // the SDK's default waiter polls only every twenty seconds
        try (DynamoDbWaiter waiter =
                DynamoDbWaiter.builder()
                        .client(dynamoDb)
                        .overrideConfiguration(
                                c ->
                                        c.backoffStrategyV2(
                                                        BackoffStrategy.fixedDelayWithoutJitter(
                                                                Duration.ofMillis(20)))
                                                .maxAttempts(MAX_LOOKS))
                        .build()) {
            waiter.waitUntilTableExists(r -> r.tableName(name));
        }
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
    }

    private static KeySchemaElement element(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    static void makeStream(KinesisClient kinesis, String name, int shards)
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

package dev.freshet.worker;

import dev.freshet.aws.StreamShards;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.kinesis.common.InitialPositionInStream;

/**
 * The lease table of a stream, with the schema of the Kinesis Client Library: one row for each
 * shard, and a few rows of the library's own. In the cloud the stack creates the table. On
 * emulators, which cannot add an index to an existing table, it is created here.
 *
 * <p>An empty table is seeded with leases of the oldest shards. The library would write equal rows
 * itself, but only after waiting up to half a minute for another worker to do so.
 */
record LeaseTable(
        DynamoDbClient dynamoDb,
        KinesisClient kinesis,
        String name,
        String stream,
        InitialPositionInStream beginning) {
    /** Name of the index by lease owner, as the library expects it. */
    static final String INDEX = "LeaseOwnerToLeaseKeyIndex";

    static final String KEY = "leaseKey";
    static final String OWNER = "leaseOwner";

    /**
     * Waiter configuration that polls every 50 ms for at most ten seconds; the SDK's default polls
     * again only after twenty seconds.
     */
    private static final WaiterOverrideConfiguration WAITER =
            WaiterOverrideConfiguration.builder()
                    .backoffStrategyV2(
                            BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(50)))
                    .maxAttempts(200)
                    .build();

    /** Creates the table unless it exists, and waits until it is active. */
    void make() {
        GlobalSecondaryIndex index =
                GlobalSecondaryIndex.builder()
                        .indexName(INDEX)
                        .keySchema(key(OWNER, KeyType.HASH), key(KEY, KeyType.RANGE))
                        .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))
                        .build();
        try {
            dynamoDb.createTable(
                    table ->
                            table.tableName(name)
                                    .billingMode(BillingMode.PAY_PER_REQUEST)
                                    .attributeDefinitions(text(KEY), text(OWNER))
                                    .keySchema(key(KEY, KeyType.HASH))
                                    .globalSecondaryIndexes(index));
        } catch (ResourceInUseException there) {
            // Another worker was first.
        }
        try (DynamoDbWaiter waiter =
                DynamoDbWaiter.builder().client(dynamoDb).overrideConfiguration(WAITER).build()) {
            waiter.waitUntilTableExists(table -> table.tableName(name));
        }
    }

    /** Returns whether the table exists. */
    boolean exists() {
        try {
            dynamoDb.describeTable(table -> table.tableName(name));
            return true;
        } catch (ResourceNotFoundException absent) {
            return false;
        }
    }

    /** Writes the first leases into an empty table; several workers may do so concurrently. */
    void seed() {
        boolean leased =
                dynamoDb.scan(rows -> rows.tableName(name).consistentRead(true)).items().stream()
                        .anyMatch(row -> row.containsKey("checkpoint"));
        if (leased) {
            return;
        }
        List<Shard> shards = StreamShards.of(kinesis, stream);
        Set<String> ids = new HashSet<>();
        shards.forEach(shard -> ids.add(shard.shardId()));
        shards.stream().filter(shard -> oldest(shard, ids)).forEach(this::lease);
    }

    private static boolean oldest(Shard shard, Set<String> ids) {
        return !ids.contains(shard.parentShardId()) && !ids.contains(shard.adjacentParentShardId());
    }

    private void lease(Shard shard) {
        Map<String, AttributeValue> row = new HashMap<>();
        row.put(KEY, AttributeValue.fromS(shard.shardId()));
        row.put("entityType", AttributeValue.fromS("LEASE"));
        row.put("leaseCounter", AttributeValue.fromN("0"));
        row.put("ownerSwitchesSinceCheckpoint", AttributeValue.fromN("0"));
        row.put("checkpoint", AttributeValue.fromS(beginning.name()));
        row.put("checkpointSubSequenceNumber", AttributeValue.fromN("0"));
        row.put("startingHashKey", AttributeValue.fromS(shard.hashKeyRange().startingHashKey()));
        row.put("endingHashKey", AttributeValue.fromS(shard.hashKeyRange().endingHashKey()));
        try {
            dynamoDb.putItem(
                    put ->
                            put.tableName(name)
                                    .item(row)
                                    .conditionExpression("attribute_not_exists(#key)")
                                    .expressionAttributeNames(Map.of("#key", KEY)));
        } catch (ConditionalCheckFailedException there) {
            // Another worker was first.
        }
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}

package dev.freshet.local;

import dev.freshet.aws.Clients;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.template.Cloud;
import dev.freshet.local.template.Cloud.Table;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/**
 * Creation of the template's tables, streams and buckets that do not exist yet, in emulators.
 * Features that the emulators lack are left out: items do not expire, and there are no backups,
 * encryption or alarms.
 */
public record Provisioning(Clients clients) {

    private static final int ATTEMPTS = 500;

    /** Creates everything that a template names, and waits until it can be used. */
    public void make(Cloud cloud) throws InterruptedException {
        tables(cloud.tables());
        streams(cloud.streams());
        cloud.buckets().forEach(this::bucket);
    }

    /** Creates tables. */
    public void tables(List<Table> tables) {
        for (Table table : tables) {
            try {
                clients.dynamoDb().createTable(request(table));
            } catch (software.amazon.awssdk.services.dynamodb.model.ResourceInUseException there) {
                // It was there before; what follows waits for it too.
            }
        }
        tables.forEach(
                table ->
                        clients.dynamoDb()
                                .waiter()
                                .waitUntilTableExists(request -> request.tableName(table.name())));
    }

    /** Creates streams. */
    public void streams(List<Cloud.Stream> streams) throws InterruptedException {
        for (Cloud.Stream stream : streams) {
            try {
                clients.kinesis()
                        .createStream(r -> r.streamName(stream.name()).shardCount(stream.shards()));
            } catch (ResourceInUseException there) {
                // It was there before; what follows waits for it too.
            }
        }
        for (Cloud.Stream stream : streams) {
            awaitActive(stream.name());
        }
    }

    /** Creates a bucket; the SDK may ask a second time where the first answer was slow. */
    public void bucket(String bucket) {
        try {
            clients.s3().createBucket(request -> request.bucket(bucket));
        } catch (BucketAlreadyOwnedByYouException there) {
            clients.s3().headBucket(request -> request.bucket(bucket));
        } catch (SdkException e) {
            throw new LocalCloudException(
                    "The bucket " + bucket + " cannot be created: " + e.getMessage(), e);
        }
    }

    private void awaitActive(String stream) throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            StreamStatus status =
                    clients.kinesis()
                            .describeStreamSummary(request -> request.streamName(stream))
                            .streamDescriptionSummary()
                            .streamStatus();
            if (status == StreamStatus.ACTIVE) {
                return;
            }
            Thread.sleep(10);
        }
        throw new LocalCloudException(
                "The stream " + stream + " did not become active; start again with --fresh.");
    }

    private static CreateTableRequest request(Table table) {
        List<AttributeDefinition> attributes = new ArrayList<>();
        table.attributes()
                .forEach(
                        (name, type) ->
                                attributes.add(
                                        AttributeDefinition.builder()
                                                .attributeName(name)
                                                .attributeType(type)
                                                .build()));
        CreateTableRequest.Builder request =
                CreateTableRequest.builder()
                        .tableName(table.name())
                        .attributeDefinitions(attributes)
                        .keySchema(key(table.key()))
                        .billingMode(BillingMode.PAY_PER_REQUEST);
        List<GlobalSecondaryIndex> indexes =
                table.indexes().stream().map(Provisioning::index).toList();
        return indexes.isEmpty()
                ? request.build()
                : request.globalSecondaryIndexes(indexes).build();
    }

    private static GlobalSecondaryIndex index(Table.Index index) {
        Projection.Builder projection = Projection.builder().projectionType(index.projection());
        return GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(key(index.key()))
                .projection(
                        index.included().isEmpty()
                                ? projection.build()
                                : projection.nonKeyAttributes(index.included()).build())
                .build();
    }

    private static List<KeySchemaElement> key(Table.Key key) {
        List<KeySchemaElement> elements = new ArrayList<>();
        elements.add(element(key.partition(), KeyType.HASH));
        if (!key.sort().isEmpty()) {
            elements.add(element(key.sort(), KeyType.RANGE));
        }
        return elements;
    }

    private static KeySchemaElement element(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}

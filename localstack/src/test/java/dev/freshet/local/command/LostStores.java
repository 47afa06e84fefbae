package dev.freshet.local.command;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Tables and a bucket of a local cloud that a test copies, deletes and makes anew. */
record LostStores(Settings settings, Clients clients) implements AutoCloseable {
    LostStores(Settings settings) {
        this(settings, new Clients(settings));
    }

    private DynamoDbClient tables() {
        return clients.dynamoDb();
    }

    private S3Client s3() {
        return clients.s3();
    }

    private String name(String table) {
        return settings.text(Setting.valueOf(table.toUpperCase(Locale.ROOT) + "_TABLE"));
    }

    private String bucket() {
        return settings.text(Setting.MODEL_BUCKET);
    }

    /** Has the bucket keep versions, as that of a stack in prod does. */
    void keepVersions() {
        s3().putBucketVersioning(
                        r ->
                                r.bucket(bucket())
                                        .versioningConfiguration(
                                                v -> v.status(BucketVersioningStatus.ENABLED)));
    }

    String nameOfCopy(String table) {
        return name(table) + "-copy";
    }

    void copy(String table) {
        make(nameOfCopy(table), description(table));
        rows(table).forEach(row -> tables().putItem(r -> r.tableName(nameOfCopy(table)).item(row)));
    }

    Set<Map<String, AttributeValue>> rows(String table) {
        return new HashSet<>(
                tables()
                        .scanPaginator(r -> r.tableName(name(table)).consistentRead(true))
                        .items()
                        .stream()
                        .toList());
    }

    void deleteAndMakeAnew(String table) {
        TableDescription was = description(table);
        tables().deleteTable(r -> r.tableName(name(table)));
        tables().waiter().waitUntilTableNotExists(r -> r.tableName(name(table)), LostStores::often);
        make(name(table), was);
    }

    private TableDescription description(String table) {
        return tables().describeTable(r -> r.tableName(name(table))).table();
    }

    private void make(String name, TableDescription like) {
        tables().createTable(
                        r ->
                                r.tableName(name)
                                        .keySchema(like.keySchema())
                                        .attributeDefinitions(like.attributeDefinitions())
                                        .billingMode(BillingMode.PAY_PER_REQUEST));
        tables().waiter().waitUntilTableExists(r -> r.tableName(name), LostStores::often);
    }

    private static void often(WaiterOverrideConfiguration.Builder wait) {
        wait.backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(100)))
                .maxAttempts(600);
    }

    /**
     * Deletes all objects of models; returns how many there were.
     *
     * @param forGood whether with all their versions
     */
    int deleteObjects(boolean forGood) {
        List<String> keys =
                s3()
                        .listObjectsV2Paginator(r -> r.bucket(bucket()).prefix("models/"))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .toList();
        keys.forEach(key -> s3().deleteObject(r -> r.bucket(bucket()).key(key)));
        if (forGood) {
            var versions = s3().listObjectVersionsPaginator(r -> r.bucket(bucket())).versions();
            versions.stream()
                    .toList()
                    .forEach(
                            v ->
                                    s3().deleteObject(
                                                    r ->
                                                            r.bucket(bucket())
                                                                    .key(v.key())
                                                                    .versionId(v.versionId())));
        }
        return keys.size();
    }

    @Override
    public void close() {
        clients.close();
    }
}

package dev.freshet.aws.dynamodb;

import dev.freshet.aws.AwsCalls;
import dev.freshet.aws.row.RowExpiry;
import dev.freshet.aws.row.TableKeys;
import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.log.ModelArchive;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelObjects;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.model.IgnoreNullsMode;
import software.amazon.awssdk.enhanced.dynamodb.model.PutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.UpdateItemEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * A model log whose rows are in DynamoDB, read consistently: a trainer that reloads must see the
 * version that beat it. A version costs one unit to write and one more when a snapshot has gone
 * past it; a look at the log costs one unit.
 */
public final class DynamodbModelLog implements ModelLog {
    private static final String STORE = "The table of model versions";

    /** From the very beginning rows are met that have expired and are yet to be deleted. */
    private static final int EXPIRED_PAGE = 500;

    private final DynamoDbTable<ModelRow> table;
    private final ModelArchive archive;
    private final String versions;
    private final String snapshots;
    private final InstantSource clock;

    public DynamodbModelLog(
            DynamoDbEnhancedClient client,
            String tableName,
            ModelObjects objects,
            String modelId,
            InstantSource clock) {
        this.table = client.table(tableName, ModelRow.SCHEMA);
        this.archive = new ModelArchive(objects, modelId);
        this.versions = modelId;
        this.snapshots = modelId + TableKeys.SNAPSHOT_SUFFIX;
        this.clock = clock;
    }

    @Override
    public Optional<Version> head() {
        return AwsCalls.call(
                STORE,
                () ->
                        table.query(newestFirst(versions, Long.MAX_VALUE, 1)).items().stream()
                                .findFirst()
                                .map(ModelRow::versionValue));
    }

    @Override
    public List<Version> after(long version, int limit) {
        QueryEnhancedRequest oldestFirst =
                QueryEnhancedRequest.builder()
                        .queryConditional(
                                QueryConditional.sortGreaterThan(
                                        k -> k.partitionValue(versions).sortValue(version)))
                        .consistentRead(true)
                        .limit(version == 0 ? Math.max(limit, EXPIRED_PAGE) : limit)
                        .build();
        return there(oldestFirst, limit).stream().map(ModelRow::versionValue).toList();
    }

    @Override
    public List<Snapshot> snapshots(int limit) {
        return there(newestFirst(snapshots, Long.MAX_VALUE, limit), limit).stream()
                .map(ModelRow::snapshotValue)
                .toList();
    }

    private List<ModelRow> there(QueryEnhancedRequest query, int limit) {
        Instant now = clock.instant();
        return AwsCalls.call(
                STORE,
                () ->
                        table.query(query).items().stream()
                                .filter(row -> !RowExpiry.passed(row.expiresAt(), now))
                                .limit(limit)
                                .toList());
    }

    @Override
    public Optional<Version> append(
            long version, byte[] delta, HighWaterMarks marks, String examplesPosition, Instant at) {
        ModelArchive.StoredObject kept = archive.putDelta(version, delta);
        ModelRow row = ModelRow.version(versions, version, kept, marks, examplesPosition, at);
        return put(row, Conditions.absent(TableKeys.VERSION).expression())
                ? Optional.of(row.versionValue())
                : Optional.empty();
    }

    @Override
    public void putSnapshot(long version, byte[] snapshot, Instant at, Instant expireAt) {
        ModelArchive.StoredObject kept = archive.putSnapshot(version, snapshot);
        ModelRow row = ModelRow.snapshot(snapshots, version, kept, at);
        AwsCalls.call(
                STORE,
                () -> {
                    table.putItem(row);
                    return true;
                });
        long expiresAt = RowExpiry.expiry(expireAt, Duration.ZERO);
        expireBelow(versions, version, expiresAt);
        expireBelow(snapshots, version, expiresAt);
        removeOldSnapshots();
    }

    /** The row first: a reader then never meets a row whose object is gone for good. */
    private void removeOldSnapshots() {
        List<ModelRow> old =
                AwsCalls.call(
                        STORE,
                        () ->
                                table
                                        .query(newestFirst(snapshots, Long.MAX_VALUE, 100))
                                        .items()
                                        .stream()
                                        .skip(MAX_SNAPSHOTS)
                                        .toList());
        for (ModelRow row : old) {
            AwsCalls.call(STORE, () -> table.deleteItem(row));
            archive.remove(row.snapshotValue().key());
        }
    }

    private boolean put(ModelRow row, Expression condition) {
        return AwsCalls.call(
                STORE,
                () -> {
                    try {
                        table.putItem(
                                PutItemEnhancedRequest.builder(ModelRow.class)
                                        .item(row)
                                        .conditionExpression(condition)
                                        .build());
                        return true;
                    } catch (ConditionalCheckFailedException e) {
                        return false;
                    }
                });
    }

    /**
     * Gives every row below a version its time to live, oldest first, so that those without one are
     * always the newest: the next call finds what an interrupted one has left, and reads no
     * further.
     */
    private void expireBelow(String partition, long version, long expiresAt) {
        List<Long> lasting =
                AwsCalls.call(
                        STORE,
                        () ->
                                table.query(newestFirst(partition, version, 100)).items().stream()
                                        .takeWhile(row -> row.expiresAt() == null)
                                        .map(ModelRow::version)
                                        .toList());
        for (long each : lasting.reversed()) {
            expire(ModelRow.expiring(partition, each, expiresAt));
        }
    }

    private void expire(ModelRow row) {
        Conditions condition =
                Conditions.present(TableKeys.VERSION).and(Conditions.absent(TableKeys.EXPIRES_AT));
        AwsCalls.call(
                STORE,
                () -> {
                    try {
                        table.updateItem(
                                UpdateItemEnhancedRequest.builder(ModelRow.class)
                                        .item(row)
                                        .ignoreNullsMode(IgnoreNullsMode.SCALAR_ONLY)
                                        .conditionExpression(condition.expression())
                                        .build());
                        return true;
                    } catch (ConditionalCheckFailedException e) {
                        return false;
                    }
                });
    }

    private static QueryEnhancedRequest newestFirst(String partition, long below, int pageSize) {
        return QueryEnhancedRequest.builder()
                .queryConditional(
                        QueryConditional.sortLessThan(
                                k -> k.partitionValue(partition).sortValue(below)))
                .scanIndexForward(false)
                .consistentRead(true)
                .limit(pageSize)
                .build();
    }

    @Override
    public Optional<Instant> expiry(long version) {
        Key key = Key.builder().partitionValue(versions).sortValue(version).build();
        return AwsCalls.call(
                        STORE,
                        () ->
                                Optional.ofNullable(
                                        table.getItem(r -> r.key(key).consistentRead(true))))
                .map(ModelRow::expiresAt)
                .filter(expiresAt -> !RowExpiry.passed(expiresAt, clock.instant()))
                .map(Instant::ofEpochSecond);
    }

    /** One or two units for the rows, one list of each kind of object, and a delete for each. */
    @Override
    public int sweep() {
        int removed = 0;
        List<Version> rows = after(0, 1);
        if (!rows.isEmpty()) {
            removed += archive.sweepDeltas(rows.getFirst().version());
        }
        List<Snapshot> whole = snapshots(MAX_SNAPSHOTS);
        if (!whole.isEmpty()) {
            removed += archive.sweepSnapshots(whole.getLast().version());
        }
        return removed;
    }

    @Override
    public byte[] delta(Version version) {
        return archive.read(
                new ModelArchive.StoredObject(version.key(), version.sha256(), version.bytes()));
    }

    @Override
    public byte[] snapshot(Snapshot snapshot) {
        return archive.read(
                new ModelArchive.StoredObject(snapshot.key(), snapshot.sha256(), snapshot.bytes()));
    }
}

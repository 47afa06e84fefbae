package dev.freshet.aws.dynamodb;

import dev.freshet.aws.AwsCalls;
import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.log.ModelArchive;
import dev.freshet.model.log.ModelLog;
import dev.freshet.privacy.RowExpiry;
import dev.freshet.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryEnhancedRequest;

/**
 * A model log whose rows are in DynamoDB and whose objects are in S3. Reads are consistent, because
 * a trainer that reloads must see the version that another trainer wrote before it. A version costs
 * one write unit, and one more when a snapshot of a later version sets its expiry; reading the log
 * costs one read unit.
 */
public final class DynamodbModelLog implements ModelLog {
    private static final String STORE = "The Models table";

    /**
     * Page size of a read from version 0, which finds many rows that have expired and are not yet
     * deleted.
     */
    private static final int EXPIRED_PAGE = 500;

    private final Rows<ModelRow> table;
    private final ModelArchive archive;
    private final String versions;
    private final String snapshots;
    private final InstantSource clock;

    public DynamodbModelLog(
            DynamoDbEnhancedClient client,
            String tableName,
            ObjectStore objects,
            String modelId,
            InstantSource clock) {
        this.table = Rows.of(client, tableName, ModelRow.SCHEMA, STORE);
        this.archive = new ModelArchive(objects, modelId);
        this.versions = modelId;
        this.snapshots = modelId + TableKeys.SNAPSHOT_SUFFIX;
        this.clock = clock;
    }

    @Override
    public Optional<Version> head() {
        return table.query(
                newestFirst(versions, Long.MAX_VALUE, 1),
                rows -> rows.findFirst().map(ModelRow::versionValue));
    }

    @Override
    public List<Version> after(long version, int limit) {
        int page = version == 0 ? Math.max(limit, EXPIRED_PAGE) : limit;
        return unexpired(
                        query ->
                                query.queryConditional(
                                                QueryConditional.sortGreaterThan(
                                                        Rows.key(versions, version)))
                                        .consistentRead(true)
                                        .limit(page),
                        limit)
                .stream()
                .map(ModelRow::versionValue)
                .toList();
    }

    @Override
    public List<Snapshot> snapshots(int limit) {
        return unexpired(newestFirst(snapshots, Long.MAX_VALUE, limit), limit).stream()
                .map(ModelRow::snapshotValue)
                .toList();
    }

    private List<ModelRow> unexpired(Consumer<QueryEnhancedRequest.Builder> query, int limit) {
        Instant now = clock.instant();
        return table.query(
                query, rows -> rows.filter(row -> !row.expired(now)).limit(limit).toList());
    }

    @Override
    public Optional<Version> append(
            long version, byte[] delta, HighWaterMarks marks, String examplesPosition, Instant at) {
        ModelArchive.StoredObject kept = archive.put(ModelArchive.Kind.DELTAS, version, delta);
        ModelRow row = ModelRow.version(versions, version, kept, marks, examplesPosition, at);
        return table.put(row, Conditions.absent(TableKeys.VERSION))
                ? Optional.of(row.versionValue())
                : Optional.empty();
    }

    @Override
    public void putSnapshot(long version, byte[] snapshot, Instant at, Instant expireAt) {
        ModelArchive.StoredObject kept =
                archive.put(ModelArchive.Kind.SNAPSHOTS, version, snapshot);
        table.put(ModelRow.snapshot(snapshots, version, kept, at));
        long expiresAt = RowExpiry.expiry(expireAt, Duration.ZERO);
        expireBelow(versions, version, expiresAt);
        expireBelow(snapshots, version, expiresAt);
        removeOldSnapshots();
    }

    /**
     * Removes the oldest snapshots beyond {@link ModelLog#MAX_SNAPSHOTS}. Each row is removed
     * before its object, so that no row refers to a missing object.
     */
    private void removeOldSnapshots() {
        for (ModelRow row :
                table.query(
                        newestFirst(snapshots, Long.MAX_VALUE, 100),
                        rows -> rows.skip(MAX_SNAPSHOTS).toList())) {
            AwsCalls.call(STORE, () -> table.table().deleteItem(row));
            archive.remove(row.snapshotValue().key());
        }
    }

    /**
     * Sets the expiry of every row below a version, oldest first, so that the rows without an
     * expiry are always the newest. The next call therefore completes what an interrupted one has
     * left, and reads no further than the first row that has an expiry.
     */
    private void expireBelow(String partition, long version, long expiresAt) {
        List<Long> withoutExpiry =
                table.query(
                        newestFirst(partition, version, 100),
                        rows ->
                                rows.takeWhile(row -> row.expiresAt() == null)
                                        .map(ModelRow::version)
                                        .toList());
        Conditions unset =
                Conditions.present(TableKeys.VERSION).and(Conditions.absent(TableKeys.EXPIRES_AT));
        for (long each : withoutExpiry.reversed()) {
            table.update(ModelRow.expiring(partition, each, expiresAt), unset);
        }
    }

    private static Consumer<QueryEnhancedRequest.Builder> newestFirst(
            String partition, long below, int pageSize) {
        return query ->
                query.queryConditional(QueryConditional.sortLessThan(Rows.key(partition, below)))
                        .scanIndexForward(false)
                        .consistentRead(true)
                        .limit(pageSize);
    }

    @Override
    public Optional<Instant> expiry(long version) {
        return row(version).map(ModelRow::expiresAt).map(Instant::ofEpochSecond);
    }

    /**
     * {@inheritDoc}
     *
     * <p>By binary search, which costs a read unit for each binary digit of the newest version's
     * number: to read the rows from the oldest on would read all that have expired since DynamoDB
     * last deleted some, which takes it days.
     *
     * <p>If the retention was shortened, rows that were written before may outlive later ones. They
     * are of no use without the later ones, so it does not matter which end the search finds.
     */
    @Override
    public long oldestRemaining(long newest) {
        long low = 1;
        long high = newest;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (row(middle).isPresent()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return high;
    }

    private Optional<ModelRow> row(long version) {
        return table.get(Rows.key(versions, version)).filter(row -> !row.expired(clock.instant()));
    }

    @Override
    public ModelArchive archive() {
        return archive;
    }
}

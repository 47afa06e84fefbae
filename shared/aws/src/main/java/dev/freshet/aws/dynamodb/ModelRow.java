package dev.freshet.aws.dynamodb;

import dev.freshet.aws.row.RowForm;
import dev.freshet.aws.row.TableKeys;
import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.log.ModelArchive;
import dev.freshet.model.log.ModelLog.Snapshot;
import dev.freshet.model.log.ModelLog.Version;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * A row of Models: a version or, in a partition of its own, a snapshot, which has neither
 * high-water marks nor a position. {@code at} is in epoch milliseconds; the marks are a map from
 * shard to decimal sequence number.
 */
final class ModelRow {
    static final TableSchema<ModelRow> SCHEMA =
            RowSchema.of(ModelRow.class, ModelRow::new)
                    .partitionKey(TableKeys.MODEL_ID, r -> r.modelId, (r, v) -> r.modelId = v)
                    .sortKey(TableKeys.VERSION, Long.class, r -> r.version, (r, v) -> r.version = v)
                    .with("objectKey", String.class, r -> r.objectKey, (r, v) -> r.objectKey = v)
                    .with("sha256", String.class, r -> r.sha256, (r, v) -> r.sha256 = v)
                    .with("bytes", Integer.class, r -> r.bytes, (r, v) -> r.bytes = v)
                    .with(
                            "marks",
                            EnhancedType.mapOf(String.class, String.class),
                            r -> r.marks,
                            (r, v) -> r.marks = v)
                    .with(
                            "examplesPosition",
                            String.class,
                            r -> r.examplesPosition,
                            (r, v) -> r.examplesPosition = v)
                    .with("at", Long.class, r -> r.at, (r, v) -> r.at = v)
                    .with(
                            TableKeys.EXPIRES_AT,
                            Long.class,
                            r -> r.expiresAt,
                            (r, v) -> r.expiresAt = v)
                    .build();

    private String modelId = "";
    private Long version = 0L;
    private @Nullable String objectKey;
    private @Nullable String sha256;
    private @Nullable Integer bytes;
    private @Nullable Map<String, String> marks;
    private @Nullable String examplesPosition;
    private @Nullable Long at;
    private @Nullable Long expiresAt;

    static ModelRow snapshot(
            String partition, long version, ModelArchive.StoredObject object, Instant at) {
        ModelRow row = new ModelRow();
        row.modelId = partition;
        row.version = version;
        row.objectKey = object.key();
        row.sha256 = object.sha256();
        row.bytes = object.bytes();
        row.at = RowForm.of(at).toEpochMilli();
        return row;
    }

    static ModelRow version(
            String partition,
            long version,
            ModelArchive.StoredObject object,
            HighWaterMarks marks,
            String examplesPosition,
            Instant at) {
        ModelRow row = snapshot(partition, version, object, at);
        Map<String, String> numbers = new HashMap<>();
        marks.byShard().forEach((shard, sequence) -> numbers.put(shard, sequence.toString()));
        row.marks = numbers.isEmpty() ? null : numbers;
        row.examplesPosition = examplesPosition.isEmpty() ? null : examplesPosition;
        return row;
    }

    /**
     * Returns a row that, written without its nulls, sets the expiry of an existing row and changes
     * nothing else.
     */
    static ModelRow expiring(String partition, long version, long expiresAt) {
        ModelRow row = new ModelRow();
        row.modelId = partition;
        row.version = version;
        row.expiresAt = expiresAt;
        return row;
    }

    Version versionValue() {
        Map<String, BigInteger> numbers = new HashMap<>();
        if (marks != null) {
            marks.forEach((shard, sequence) -> numbers.put(shard, new BigInteger(sequence)));
        }
        return new Version(
                version,
                required(objectKey),
                required(sha256),
                required(bytes),
                HighWaterMarks.of(numbers),
                examplesPosition == null ? "" : examplesPosition,
                Instant.ofEpochMilli(required(at)));
    }

    Snapshot snapshotValue() {
        return new Snapshot(
                version,
                required(objectKey),
                required(sha256),
                required(bytes),
                Instant.ofEpochMilli(required(at)));
    }

    long version() {
        return version;
    }

    @Nullable Long expiresAt() {
        return expiresAt;
    }

    private <T> T required(@Nullable T attribute) {
        if (attribute == null) {
            throw new IllegalStateException(
                    "row " + version + " of " + modelId + " lacks a required attribute");
        }
        return attribute;
    }
}

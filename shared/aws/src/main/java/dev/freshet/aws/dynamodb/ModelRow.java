package dev.freshet.aws.dynamodb;

import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.log.ModelArchive;
import dev.freshet.model.log.ModelLog.Snapshot;
import dev.freshet.model.log.ModelLog.Version;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * A row of Models: a version or, in a partition of its own, a snapshot, which has neither
 * high-water marks nor a position. The marks are a map from shard to decimal sequence number.
 */
record ModelRow(
        String modelId,
        long version,
        @Nullable String objectKey,
        @Nullable String sha256,
        @Nullable Integer bytes,
        @Nullable Map<String, String> marks,
        @Nullable String examplesPosition,
        @Nullable Instant at,
        @Nullable Long expiresAt)
        implements Rows.Expiring {
    static final TableSchema<ModelRow> SCHEMA =
            RowSchema.of(ModelRow.class, TableKeys.MODEL_ID, TableKeys.VERSION);

    static ModelRow snapshot(
            String partition, long version, ModelArchive.StoredObject object, Instant at) {
        return of(partition, version, object, null, null, at);
    }

    static ModelRow version(
            String partition,
            long version,
            ModelArchive.StoredObject object,
            HighWaterMarks marks,
            String examplesPosition,
            Instant at) {
        Map<String, String> numbers = new HashMap<>();
        marks.byShard().forEach((shard, sequence) -> numbers.put(shard, sequence.toString()));
        return of(
                partition,
                version,
                object,
                numbers.isEmpty() ? null : numbers,
                examplesPosition.isEmpty() ? null : examplesPosition,
                at);
    }

    private static ModelRow of(
            String partition,
            long version,
            ModelArchive.StoredObject object,
            @Nullable Map<String, String> marks,
            @Nullable String examplesPosition,
            Instant at) {
        return new ModelRow(
                partition,
                version,
                object.key(),
                object.sha256(),
                object.bytes(),
                marks,
                examplesPosition,
                at,
                null);
    }

    /**
     * Returns a row that, written without its nulls, sets the expiry of an existing row and changes
     * nothing else.
     */
    static ModelRow expiring(String partition, long version, long expiresAt) {
        return new ModelRow(partition, version, null, null, null, null, null, null, expiresAt);
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
                required(at));
    }

    Snapshot snapshotValue() {
        return new Snapshot(
                version, required(objectKey), required(sha256), required(bytes), required(at));
    }

    private <T> T required(@Nullable T attribute) {
        if (attribute == null) {
            throw new IllegalStateException(
                    "row " + version + " of " + modelId + " lacks a required attribute");
        }
        return attribute;
    }
}

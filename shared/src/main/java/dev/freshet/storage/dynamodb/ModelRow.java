package dev.freshet.storage.dynamodb;

import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primarySortKey;

import dev.freshet.model.Marks;
import dev.freshet.model.ModelLog.Snapshot;
import dev.freshet.model.ModelLog.Version;
import dev.freshet.storage.ModelArchive;
import dev.freshet.storage.RowForm;
import dev.freshet.storage.TableKeys;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;

/**
 * A row of Models: a version, or under another partition a snapshot, which has neither marks nor a
 * position. {@code at} in epoch milliseconds, marks as a map from shard to decimal number.
 */
final class ModelRow {
    static final String SHA256 = "sha256";

    static final TableSchema<ModelRow> SCHEMA =
            StaticTableSchema.builder(ModelRow.class)
                    .newItemSupplier(ModelRow::new)
                    .addAttribute(
                            String.class,
                            a ->
                                    a.name(TableKeys.MODEL_ID)
                                            .getter(r -> r.modelId)
                                            .setter((r, v) -> r.modelId = v)
                                            .tags(primaryPartitionKey()))
                    .addAttribute(
                            Long.class,
                            a ->
                                    a.name(TableKeys.VERSION)
                                            .getter(r -> r.version)
                                            .setter((r, v) -> r.version = v)
                                            .tags(primarySortKey()))
                    .addAttribute(
                            String.class,
                            a ->
                                    a.name("objectKey")
                                            .getter(r -> r.objectKey)
                                            .setter((r, v) -> r.objectKey = v))
                    .addAttribute(
                            String.class,
                            a ->
                                    a.name(SHA256)
                                            .getter(r -> r.sha256)
                                            .setter((r, v) -> r.sha256 = v))
                    .addAttribute(
                            Integer.class,
                            a -> a.name("bytes").getter(r -> r.bytes).setter((r, v) -> r.bytes = v))
                    .addAttribute(
                            EnhancedType.mapOf(String.class, String.class),
                            a -> a.name("marks").getter(r -> r.marks).setter((r, v) -> r.marks = v))
                    .addAttribute(
                            String.class,
                            a ->
                                    a.name("examplesPosition")
                                            .getter(r -> r.examplesPosition)
                                            .setter((r, v) -> r.examplesPosition = v))
                    .addAttribute(
                            Long.class,
                            a -> a.name("at").getter(r -> r.at).setter((r, v) -> r.at = v))
                    .addAttribute(
                            Long.class,
                            a ->
                                    a.name(TableKeys.EXPIRES_AT)
                                            .getter(r -> r.expiresAt)
                                            .setter((r, v) -> r.expiresAt = v))
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

    static ModelRow snapshot(String partition, long version, ModelArchive.Kept object, Instant at) {
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
            ModelArchive.Kept object,
            Marks marks,
            String examplesPosition,
            Instant at) {
        ModelRow row = snapshot(partition, version, object, at);
        Map<String, String> numbers = new HashMap<>();
        marks.byShard().forEach((shard, sequence) -> numbers.put(shard, sequence.toString()));
        row.marks = numbers.isEmpty() ? null : numbers;
        row.examplesPosition = examplesPosition.isEmpty() ? null : examplesPosition;
        return row;
    }

    /** What sets a row's time to live and, written without nulls, nothing else. */
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
                there(objectKey),
                there(sha256),
                there(bytes),
                Marks.of(numbers),
                examplesPosition == null ? "" : examplesPosition,
                Instant.ofEpochMilli(there(at)));
    }

    Snapshot snapshotValue() {
        return new Snapshot(
                version,
                there(objectKey),
                there(sha256),
                there(bytes),
                Instant.ofEpochMilli(there(at)));
    }

    long version() {
        return version;
    }

    @Nullable Long expiresAt() {
        return expiresAt;
    }

    private <T> T there(@Nullable T attribute) {
        if (attribute == null) {
            throw new IllegalStateException(
                    "row " + version + " of " + modelId + " lacks an attribute");
        }
        return attribute;
    }
}

package dev.freshet.aws.dynamodb;

import dev.freshet.aws.dynamodb.RowSchema.Name;
import dev.freshet.model.log.ModelArchive.StoredObject;
import dev.freshet.model.log.NewestVersion;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * The copies of the row of the newest version. DynamoDB serves 3,000 read units a second of one
 * key; each copy has a key of its own, and readers take one after the other.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html">Partition
 *     keys</a>
 */
final class NewestVersionRows {
    /** Most copies: 24,000 reads a second at half of what a key serves. */
    static final int MAX_COPIES = 16;

    private static final String MODEL = "announcedModel";
    private static final String VERSION = "announcedVersion";

    private final Rows<Row> table;
    private final String prefix;
    private final int copies;
    private final AtomicInteger reads = new AtomicInteger();

    NewestVersionRows(
            DynamoDbEnhancedClient client,
            String tableName,
            String store,
            String modelId,
            int copies) {
        if (copies < 1 || copies > MAX_COPIES) {
            throw new IllegalArgumentException("there are 1 to 16 copies, not " + copies);
        }
        this.table = Rows.of(client, tableName, Row.SCHEMA, store);
        this.prefix = modelId + TableKeys.NEWEST_SUFFIX;
        this.copies = copies;
    }

    Optional<NewestVersion> read() {
        int copy = Math.floorMod(reads.getAndIncrement(), copies);
        return table.get(Rows.key(partition(copy), 0), false).map(Row::newest);
    }

    void write(NewestVersion newest) {
        Conditions older =
                Conditions.absent(TableKeys.MODEL_ID)
                        .or(Conditions.different(MODEL, newest.modelId()))
                        .or(Conditions.below(VERSION, newest.version()));
        for (int copy = 0; copy < copies; copy++) {
            table.put(Row.of(partition(copy), newest), older);
        }
    }

    private String partition(int copy) {
        return copy == 0 ? prefix : prefix + copy;
    }

    private record Row(
            String modelId,
            @Name(TableKeys.VERSION) long sortKey,
            @Name(MODEL) String model,
            @Name(VERSION) long version,
            String objectKey,
            String sha256,
            int bytes,
            Instant at,
            @Nullable Long spanFirst,
            @Nullable String spanKey,
            @Nullable String spanSha256,
            @Nullable Integer spanBytes) {
        static final TableSchema<Row> SCHEMA =
                RowSchema.of(Row.class, TableKeys.MODEL_ID, TableKeys.VERSION);

        static Row of(String partition, NewestVersion newest) {
            StoredObject delta = newest.delta();
            NewestVersion.Span span = newest.span();
            return new Row(
                    partition,
                    0,
                    newest.modelId(),
                    newest.version(),
                    delta.key(),
                    delta.sha256(),
                    delta.bytes(),
                    newest.at(),
                    span == null ? null : span.first(),
                    span == null ? null : span.object().key(),
                    span == null ? null : span.object().sha256(),
                    span == null ? null : span.object().bytes());
        }

        NewestVersion newest() {
            StoredObject delta = new StoredObject(objectKey, sha256, bytes);
            return new NewestVersion(model, version, delta, at, span());
        }

        private NewestVersion.@Nullable Span span() {
            if (spanFirst == null || spanKey == null || spanSha256 == null || spanBytes == null) {
                return null;
            }
            return new NewestVersion.Span(
                    spanFirst, new StoredObject(spanKey, spanSha256, spanBytes));
        }
    }
}

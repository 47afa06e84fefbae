package dev.freshet.aws.dynamodb;

import dev.freshet.aws.AwsCalls;
import dev.freshet.aws.row.RowForm;
import dev.freshet.aws.row.TableKeys;
import dev.freshet.model.log.ModelArchive.StoredObject;
import dev.freshet.model.log.NewestVersion;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
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

    private final DynamoDbTable<Row> table;
    private final String store;
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
        this.table = client.table(tableName, Row.SCHEMA);
        this.store = store;
        this.prefix = modelId + TableKeys.NEWEST_SUFFIX;
        this.copies = copies;
    }

    Optional<NewestVersion> read() {
        int copy = Math.floorMod(reads.getAndIncrement(), copies);
        Key key = Key.builder().partitionValue(partition(copy)).sortValue(0L).build();
        return AwsCalls.call(store, () -> Optional.ofNullable(table.getItem(key)).map(Row::newest));
    }

    void write(NewestVersion newest) {
        Conditions older =
                Conditions.absent(TableKeys.MODEL_ID)
                        .or(Conditions.different(MODEL, newest.modelId()))
                        .or(Conditions.below(VERSION, newest.version()));
        for (int copy = 0; copy < copies; copy++) {
            older.put(store, table, Row.of(partition(copy), newest));
        }
    }

    private String partition(int copy) {
        return copy == 0 ? prefix : prefix + copy;
    }

    private static final class Row {
        static final TableSchema<Row> SCHEMA =
                RowSchema.of(Row.class, Row::new)
                        .partitionKey(
                                TableKeys.MODEL_ID, r -> r.partition, (r, v) -> r.partition = v)
                        .sortKey(
                                TableKeys.VERSION,
                                Long.class,
                                r -> r.sortKey,
                                (r, v) -> r.sortKey = v)
                        .with(MODEL, String.class, r -> r.model, (r, v) -> r.model = v)
                        .with(VERSION, Long.class, r -> r.version, (r, v) -> r.version = v)
                        .with("objectKey", String.class, r -> r.key, (r, v) -> r.key = v)
                        .with("sha256", String.class, r -> r.sha256, (r, v) -> r.sha256 = v)
                        .with("bytes", Integer.class, r -> r.bytes, (r, v) -> r.bytes = v)
                        .with("at", Long.class, r -> r.at, (r, v) -> r.at = v)
                        .with("spanFirst", Long.class, r -> r.first, (r, v) -> r.first = v)
                        .with("spanKey", String.class, r -> r.spanKey, (r, v) -> r.spanKey = v)
                        .with("spanSha256", String.class, r -> r.spanSha, (r, v) -> r.spanSha = v)
                        .with("spanBytes", Integer.class, r -> r.spanSize, (r, v) -> r.spanSize = v)
                        .build();

        private String partition = "";
        private Long sortKey = 0L;
        private String model = "";
        private Long version = 0L;
        private String key = "";
        private String sha256 = "";
        private Integer bytes = 0;
        private Long at = 0L;
        private @Nullable Long first;
        private @Nullable String spanKey;
        private @Nullable String spanSha;
        private @Nullable Integer spanSize;

        static Row of(String partition, NewestVersion newest) {
            Row row = new Row();
            row.partition = partition;
            row.model = newest.modelId();
            row.version = newest.version();
            row.key = newest.delta().key();
            row.sha256 = newest.delta().sha256();
            row.bytes = newest.delta().bytes();
            row.at = RowForm.of(newest.at()).toEpochMilli();
            NewestVersion.Span span = newest.span();
            if (span != null) {
                row.first = span.first();
                row.spanKey = span.object().key();
                row.spanSha = span.object().sha256();
                row.spanSize = span.object().bytes();
            }
            return row;
        }

        NewestVersion newest() {
            return new NewestVersion(
                    model,
                    version,
                    new StoredObject(key, sha256, bytes),
                    Instant.ofEpochMilli(at),
                    span());
        }

        private NewestVersion.@Nullable Span span() {
            if (first == null || spanKey == null || spanSha == null || spanSize == null) {
                return null;
            }
            return new NewestVersion.Span(first, new StoredObject(spanKey, spanSha, spanSize));
        }
    }
}

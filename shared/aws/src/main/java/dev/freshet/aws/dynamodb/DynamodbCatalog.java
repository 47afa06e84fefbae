package dev.freshet.aws.dynamodb;

import dev.freshet.aws.AwsCalls;
import dev.freshet.aws.row.RowForm;
import dev.freshet.aws.row.TableKeys;
import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Item;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.store.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.model.ScanEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The catalogue in DynamoDB. A put costs one write unit for each KB of the item, and a read only if
 * it is rejected.
 */
public final class DynamodbCatalog implements Catalog {
    private static final String STORE = "The Items table";
    private static final int MAX_PUTS = 3;

    private final DynamoDbTable<ItemRow> table;
    private final RetentionPolicy retention;
    private final InstantSource clock;

    public DynamodbCatalog(
            DynamoDbEnhancedClient client,
            String tableName,
            RetentionPolicy retention,
            InstantSource clock) {
        this.table = client.table(tableName, ItemRow.SCHEMA);
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public Put put(Item item) {
        ItemRow row = ItemRow.of(RowForm.of(item), retention);
        for (int i = 0; i < MAX_PUTS; i++) {
            if (putIfHigher(row)) {
                return Put.APPLIED;
            }
            ItemRow existing = read(item.itemId());
            if (existing != null && existing.version() >= item.version()) {
                return Put.refused(item, existing.version(), existing.value().deleted());
            }
        }
        throw new StoreUnavailableException(
                STORE, new IllegalStateException("an item kept changing between put and read"));
    }

    private boolean putIfHigher(ItemRow row) {
        Conditions condition =
                Conditions.absent(TableKeys.ITEM_ID)
                        .or(Conditions.below(ItemRow.VERSION, row.version()))
                        .or(Conditions.expired(clock.instant()));
        return condition.put(STORE, table, row);
    }

    @Override
    public boolean replace(Item item, long storedVersion) {
        ItemRow row = ItemRow.of(RowForm.of(item), retention);
        return Conditions.equal(ItemRow.VERSION, storedVersion).put(STORE, table, row);
    }

    /**
     * Returns a page by one scan of at most 1 MB: half a read unit for each 4 KB of the rows read.
     */
    @Override
    public Page entries(@Nullable String after, int most) {
        Instant now = clock.instant();
        var read = AwsCalls.call(STORE, () -> table.scan(scan(after, most)).iterator().next());
        Map<String, AttributeValue> last = read.lastEvaluatedKey();
        return new Page(
                read.items().stream().filter(row -> !row.expired(now)).map(ItemRow::value).toList(),
                last == null || last.isEmpty()
                        ? null
                        : Objects.requireNonNull(last.get(TableKeys.ITEM_ID)).s());
    }

    private static ScanEnhancedRequest scan(@Nullable String after, int most) {
        return ScanEnhancedRequest.builder()
                .limit(most)
                .exclusiveStartKey(
                        after == null
                                ? null
                                : Map.of(TableKeys.ITEM_ID, AttributeValue.fromS(after)))
                .build();
    }

    @Override
    public Optional<Item> get(String itemId) {
        return Optional.ofNullable(read(itemId)).map(ItemRow::value);
    }

    private @Nullable ItemRow read(String itemId) {
        Key key = Key.builder().partitionValue(itemId).build();
        Instant now = clock.instant();
        return AwsCalls.call(
                        STORE,
                        () ->
                                Optional.ofNullable(
                                        table.getItem(r -> r.key(key).consistentRead(true))))
                .filter(row -> !row.expired(now))
                .orElse(null);
    }

    @Override
    public void scan(Consumer<Item> each) {
        Instant now = clock.instant();
        var pages = table.scan().iterator();
        while (AwsCalls.call(STORE, pages::hasNext)) {
            AwsCalls.call(STORE, pages::next).items().stream()
                    .filter(row -> !row.expired(now))
                    .map(ItemRow::value)
                    .forEach(each);
        }
    }
}

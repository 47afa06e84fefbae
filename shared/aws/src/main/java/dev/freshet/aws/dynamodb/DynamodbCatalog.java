package dev.freshet.aws.dynamodb;

import dev.freshet.aws.AwsCalls;
import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Item;
import dev.freshet.store.RetentionPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;

/**
 * The catalogue in DynamoDB. A put costs one write unit for each KB of the item, and a read only if
 * it is rejected.
 */
public final class DynamodbCatalog implements Catalog {
    private static final String STORE = "The Items table";
    private static final int MAX_PUTS = 3;

    private final Rows<ItemRow> table;
    private final RetentionPolicy retention;
    private final InstantSource clock;

    public DynamodbCatalog(
            DynamoDbEnhancedClient client,
            String tableName,
            RetentionPolicy retention,
            InstantSource clock) {
        this.table = Rows.of(client, tableName, ItemRow.SCHEMA, STORE);
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public Put put(Item item) {
        ItemRow row = ItemRow.of(item, retention);
        for (int i = 0; i < MAX_PUTS; i++) {
            if (putIfHigher(row)) {
                return Put.APPLIED;
            }
            ItemRow existing = read(item.itemId()).orElse(null);
            if (existing != null && existing.version() >= item.version()) {
                return Put.refused(item, existing.version(), existing.value().deleted());
            }
        }
        throw AwsCalls.unavailable(STORE, "an item kept changing between put and read");
    }

    private boolean putIfHigher(ItemRow row) {
        Conditions condition =
                Conditions.absent(TableKeys.ITEM_ID)
                        .or(Conditions.below(ItemRow.VERSION, row.version()))
                        .or(Conditions.expired(clock.instant()));
        return table.put(row, condition);
    }

    @Override
    public boolean replace(Item item, long storedVersion) {
        ItemRow row = ItemRow.of(item, retention);
        return table.put(row, Conditions.equal(ItemRow.VERSION, storedVersion));
    }

    /**
     * Returns a page by one scan of at most 1 MB: half a read unit for each 4 KB of the rows read.
     */
    @Override
    public Page entries(@Nullable String after, int most) {
        Instant now = clock.instant();
        ScanPage<Item> page =
                table.page(
                        after == null ? Map.of() : Map.of(TableKeys.ITEM_ID, after),
                        most,
                        row -> !row.expired(now),
                        ItemRow::value);
        return new Page(page.rows(), page.next().get(TableKeys.ITEM_ID));
    }

    @Override
    public Optional<Item> get(String itemId) {
        return read(itemId).map(ItemRow::value);
    }

    private Optional<ItemRow> read(String itemId) {
        Instant now = clock.instant();
        return table.get(Rows.key(itemId)).filter(row -> !row.expired(now));
    }

    @Override
    public void scan(Consumer<Item> each) {
        Instant now = clock.instant();
        var pages = table.table().scan().iterator();
        while (AwsCalls.call(STORE, pages::hasNext)) {
            AwsCalls.call(STORE, pages::next).items().stream()
                    .filter(row -> !row.expired(now))
                    .map(ItemRow::value)
                    .forEach(each);
        }
    }
}

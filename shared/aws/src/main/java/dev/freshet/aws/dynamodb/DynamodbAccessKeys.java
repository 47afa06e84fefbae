package dev.freshet.aws.dynamodb;

import dev.freshet.access.AccessKey;
import dev.freshet.access.AccessKeys;
import dev.freshet.aws.AwsCalls;
import dev.freshet.aws.row.RowForm;
import dev.freshet.aws.row.TableKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;

/**
 * The access keys in DynamoDB. Reads are consistent, at one read unit each, so that a revocation
 * takes effect at once. Listing scans the table, which holds some tens of rows of less than a KB.
 */
public final class DynamodbAccessKeys implements AccessKeys {
    private static final String STORE = "The Keys table";

    private final DynamoDbTable<KeyRow> table;
    private final InstantSource clock;

    public DynamodbAccessKeys(
            DynamoDbEnhancedClient client, String tableName, InstantSource clock) {
        this.table = client.table(tableName, KeyRow.SCHEMA);
        this.clock = clock;
    }

    @Override
    public Optional<AccessKey> get(String keyId) {
        Key key = Key.builder().partitionValue(keyId).build();
        KeyRow row =
                AwsCalls.call(STORE, () -> table.getItem(get -> get.key(key).consistentRead(true)));
        return Optional.ofNullable(row)
                .filter(found -> !found.expired(clock.instant()))
                .map(KeyRow::value);
    }

    @Override
    public boolean put(AccessKey key) {
        Conditions condition =
                key.revision() == 0
                        ? Conditions.absent(TableKeys.KEY_ID)
                                .or(Conditions.expired(clock.instant()))
                        : Conditions.equal(KeyRow.REVISION, key.revision());
        return condition.put(STORE, table, KeyRow.next(RowForm.of(key)));
    }

    @Override
    public List<AccessKey> list() {
        Instant now = clock.instant();
        return AwsCalls.call(
                STORE,
                () ->
                        table.scan(scan -> scan.consistentRead(true)).items().stream()
                                .filter(row -> !row.expired(now))
                                .limit(MAX_LISTED)
                                .map(KeyRow::value)
                                .sorted(Comparator.comparing(AccessKey::keyId))
                                .toList());
    }
}

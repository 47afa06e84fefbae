package dev.freshet.aws.dynamodb;

import dev.freshet.aws.AwsCalls;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.store.RetentionPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchGetItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchGetResultPage;
import software.amazon.awssdk.enhanced.dynamodb.model.ReadBatch;

/**
 * The user profiles in DynamoDB. Reads are consistent, at one read unit for 4 KB: a withdrawn
 * consent or an erasure takes effect with the next request, and a writer that was refused reads the
 * newer revision.
 */
public final class DynamodbUsers implements Users {
    private static final String STORE = "The Users table";

    /** Number of keys of one BatchGetItem request; the limit of DynamoDB. */
    private static final int BATCH = 100;

    /**
     * Maximum number of responses to one batch; each response but the last leaves some keys
     * unprocessed.
     */
    private static final int MAX_PAGES = 10;

    private final DynamoDbEnhancedClient client;
    private final Rows<UserRow> table;
    private final RetentionPolicy retention;
    private final InstantSource clock;

    public DynamodbUsers(
            DynamoDbEnhancedClient client,
            String tableName,
            RetentionPolicy retention,
            InstantSource clock) {
        this.client = client;
        this.table = Rows.of(client, tableName, UserRow.SCHEMA, STORE);
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public UserProfile get(String userId) {
        return valueOf(userId, table.get(Rows.key(userId)).orElse(null), clock.instant());
    }

    @Override
    public Map<String, UserProfile> getAll(Set<String> userIds) {
        if (userIds.size() > MAX_GET) {
            throw new IllegalArgumentException("at most " + MAX_GET + " profiles at once");
        }
        List<String> ids = List.copyOf(userIds);
        Map<String, UserRow> rows = new HashMap<>();
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<String> batch = ids.subList(from, Math.min(from + BATCH, ids.size()));
            AwsCalls.call(STORE, () -> getBatch(batch)).forEach(row -> rows.put(row.userId(), row));
        }
        Instant now = clock.instant();
        Map<String, UserProfile> found = new HashMap<>();
        ids.forEach(id -> found.put(id, valueOf(id, rows.get(id), now)));
        return Map.copyOf(found);
    }

    private List<UserRow> getBatch(List<String> ids) {
        ReadBatch.Builder<UserRow> reads =
                ReadBatch.builder(UserRow.class).mappedTableResource(table.table());
        ids.forEach(id -> reads.addGetItem(get -> get.key(Rows.key(id)).consistentRead(true)));
        List<UserRow> found = new ArrayList<>();
        int pages = 0;
        for (BatchGetResultPage page :
                client.batchGetItem(
                        BatchGetItemEnhancedRequest.builder().readBatches(reads.build()).build())) {
            if (++pages > MAX_PAGES) {
                throw AwsCalls.unavailable(STORE, "BatchGetItem left keys unprocessed");
            }
            found.addAll(page.resultsForTable(table.table()));
        }
        return found;
    }

    /**
     * Returns a part of all profiles, tombstones included; for an export of the site.
     *
     * @param after the key after which the part begins; empty for the beginning
     */
    public ScanPage<UserProfile> scan(Map<String, String> after) {
        Instant now = clock.instant();
        return table.page(after, null, row -> row.exists(now), UserRow::value);
    }

    @Override
    public boolean put(UserProfile changed) {
        Instant now = clock.instant();
        UserRow row = UserRow.next(changed, now, retention);
        Conditions condition =
                changed.revision() == 0
                        ? Conditions.expired(now)
                                .and(Conditions.absent(UserRow.ERASED_AT))
                                .or(Conditions.absent(TableKeys.USER_ID))
                        : Conditions.equal(UserRow.REVISION, changed.revision());
        return table.put(row, condition);
    }

    private static UserProfile valueOf(String userId, @Nullable UserRow row, Instant now) {
        return row != null && row.exists(now) ? row.value() : UserProfile.absent(userId);
    }
}

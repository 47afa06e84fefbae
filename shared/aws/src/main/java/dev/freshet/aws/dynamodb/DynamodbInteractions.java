package dev.freshet.aws.dynamodb;

import dev.freshet.aws.AwsCalls;
import dev.freshet.aws.Clients;
import dev.freshet.event.ShardPosition;
import dev.freshet.features.EventKey;
import dev.freshet.features.Interactions;
import dev.freshet.features.LatestRows;
import dev.freshet.features.StoredInteraction;
import dev.freshet.store.RetentionPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.model.PageIterable;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The interactions in DynamoDB, at one write unit for each event.
 *
 * <p>Histories are read with eventual consistency, at half a read unit for 4 KB (some ten rows). A
 * row is usually visible within milliseconds of its write, and a request itself carries the
 * interactions of the last moment. Reads that decide about a write are consistent.
 */
public final class DynamodbInteractions implements Interactions {
    private static final String STORE = "The Interactions table";

    /**
     * Maximum number of pages of one query; only expired rows that are not yet deleted make more
     * than one necessary.
     */
    private static final int MAX_PAGES = 8;

    private static final int FIND_PAGE = 100;
    private static final int MAX_PUTS = 3;

    private final Rows<InteractionRow> table;
    private final JointInserts<InteractionRow> inserts;
    private final RetentionPolicy retention;
    private final InstantSource clock;

    public DynamodbInteractions(
            Clients clients, String tableName, RetentionPolicy retention, InstantSource clock) {
        this.table = Rows.of(clients.enhancedDynamoDb(), tableName, InteractionRow.SCHEMA, STORE);
        this.inserts =
                new JointInserts<>(clients.dynamoDb(), table, Conditions.absent(TableKeys.USER_ID));
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public Put putIfAbsent(StoredInteraction row, @Nullable ShardPosition retryOf) {
        InteractionRow wanted =
                InteractionRow.of(row, retention.period(RetentionPolicy.Kind.INTERACTIONS));
        for (int i = 0; i < MAX_PUTS; i++) {
            if (put(wanted, retryOf)) {
                return Put.STORED;
            }
            InteractionRow existing = table.get(key(row)).orElse(null);
            if (existing != null) {
                return existing.owner().equals(wanted.owner()) ? Put.SAME_RECORD : Put.OTHER_RECORD;
            }
        }
        throw AwsCalls.unavailable(STORE, "a row kept changing between put and read");
    }

    private boolean put(InteractionRow row, @Nullable ShardPosition retryOf) {
        return retryOf == null
                ? inserts.put(row)
                : table.put(
                        row,
                        Conditions.absent(TableKeys.USER_ID)
                                .or(Conditions.equal(InteractionRow.OWNER, retryOf.toString())));
    }

    private static Key key(StoredInteraction row) {
        return Rows.key(row.userId(), EventKey.of(row).toString());
    }

    @Override
    public List<StoredInteraction> latest(List<String> userIds, int limit) {
        LatestRows.check(userIds, limit);
        List<String> ids = userIds.stream().distinct().toList();
        return LatestRows.join(AwsCalls.all(STORE, ids, id -> latestOf(id, limit)), limit);
    }

    private List<StoredInteraction> latestOf(String userId, int limit) {
        Instant now = clock.instant();
        List<StoredInteraction> found = new ArrayList<>();
        int pages = 0;
        for (var page : newestFirst(userId, limit, false)) {
            for (InteractionRow row : page.items()) {
                if (!row.expired(now) && found.size() < limit) {
                    found.add(row.stored());
                }
            }
            if (found.size() == limit || ++pages == MAX_PAGES) {
                break;
            }
        }
        return found;
    }

    @Override
    public List<StoredInteraction> withRetractions(String userId, String eventId) {
        return AwsCalls.call(STORE, () -> aboutIn(userId, eventId));
    }

    private List<StoredInteraction> aboutIn(String userId, String eventId) {
        Instant now = clock.instant();
        List<StoredInteraction> rows = new ArrayList<>();
        for (var page : newestFirst(userId, FIND_PAGE, true)) {
            page.items().stream()
                    .filter(row -> !row.expired(now))
                    .map(InteractionRow::stored)
                    .forEach(rows::add);
            List<StoredInteraction> about = LatestRows.about(eventId, rows);
            if (!about.isEmpty() || rows.size() >= LatestRows.MAX_ROWS) {
                return about;
            }
        }
        return List.of();
    }

    private PageIterable<InteractionRow> newestFirst(
            String userId, int pageSize, boolean consistent) {
        return table.table()
                .query(
                        query ->
                                after(query, userId, null)
                                        .scanIndexForward(false)
                                        .consistentRead(consistent)
                                        .limit(pageSize));
    }

    /** Asks for the rows of a user after a key, or for all. */
    private static QueryEnhancedRequest.Builder after(
            QueryEnhancedRequest.Builder query, String userId, @Nullable String eventKey) {
        return query.queryConditional(QueryConditional.keyEqualTo(Rows.key(userId)))
                .exclusiveStartKey(
                        eventKey == null
                                ? null
                                : Map.of(
                                        TableKeys.USER_ID, AttributeValue.fromS(userId),
                                        TableKeys.EVENT_KEY, AttributeValue.fromS(eventKey)));
    }

    @Override
    public Page<StoredInteraction> page(String userId, @Nullable String after, int limit) {
        LatestRows.checkPage(limit);
        return AwsCalls.call(
                STORE,
                () ->
                        table
                                .table()
                                .query(
                                        query ->
                                                after(query, userId, after)
                                                        .consistentRead(true)
                                                        .limit(limit))
                                .stream()
                                .findFirst()
                                .map(DynamodbInteractions::pageOf)
                                .orElse(new Page<>(List.of(), null)));
    }

    @Override
    public List<StoredInteraction> newest(String userId, @Nullable Position before, int limit) {
        LatestRows.checkPage(limit);
        Instant now = clock.instant();
        String start =
                before == null
                        ? null
                        : new EventKey(before.occurredAt(), before.eventId()).toString();
        return table.query(
                query -> after(query, userId, start).scanIndexForward(false).limit(limit),
                rows ->
                        rows.filter(row -> !row.expired(now))
                                .limit(limit)
                                .map(InteractionRow::stored)
                                .toList());
    }

    private static Page<StoredInteraction> pageOf(
            software.amazon.awssdk.enhanced.dynamodb.model.Page<InteractionRow> page) {
        Map<String, AttributeValue> last = page.lastEvaluatedKey();
        AttributeValue next = last == null ? null : last.get(TableKeys.EVENT_KEY);
        return new Page<>(
                page.items().stream().map(InteractionRow::stored).toList(),
                next == null ? null : next.s());
    }

    /**
     * Returns a part of all rows that have not expired, in no order; for an export of the site.
     *
     * @param after the key after which the part begins; empty for the beginning
     */
    public ScanPage<StoredInteraction> scanUnexpired(Map<String, String> after) {
        Instant now = clock.instant();
        return table.page(after, null, row -> !row.expired(now), InteractionRow::stored);
    }

    @Override
    public int remove(List<StoredInteraction> rows) {
        LatestRows.checkPage(rows.size());
        return (int)
                AwsCalls.all(STORE, rows, this::removed).stream()
                        .filter(Boolean::booleanValue)
                        .count();
    }

    private boolean removed(StoredInteraction row) {
        return table.delete(
                key(row), Conditions.equal(InteractionRow.OWNER, row.owner().toString()));
    }

    /**
     * Passes every row to {@code each}, including expired ones, in no order. Meant for counting,
     * not for serving.
     */
    public void scan(Consumer<StoredInteraction> each) {
        table.all(
                rows -> {
                    rows.map(InteractionRow::stored).forEach(each);
                    return true;
                });
    }
}

package dev.freshet.aws.dynamodb;

import dev.freshet.aws.AwsCalls;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.popularity.Trends;
import dev.freshet.store.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryEnhancedRequest;

/**
 * The windows of trends in DynamoDB. A full window has some 3 KB and so costs some three write
 * units.
 */
public final class DynamodbTrends implements Trends {
    private static final String STORE = "The Trends table";

    private final DynamoDbTable<TrendRow> table;
    private final RetentionPolicy retention;
    private final InstantSource clock;

    /** Creates the adapter with the default retention. */
    public DynamodbTrends(DynamoDbEnhancedClient client, String tableName, InstantSource clock) {
        this(client, tableName, RetentionPolicy.DEFAULT, clock);
    }

    public DynamodbTrends(
            DynamoDbEnhancedClient client,
            String tableName,
            RetentionPolicy retention,
            InstantSource clock) {
        this.table = client.table(tableName, TrendRow.SCHEMA);
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public boolean put(TrendWindow window) {
        Instant now = clock.instant();
        TrendRow row = TrendRow.of(window, now, retention.trends());
        return Conditions.ofNoLaterModel(window.modelVersion(), now).put(STORE, table, row);
    }

    @Override
    public List<TrendWindow> between(String scope, Duration length, Instant from, Instant to) {
        long first = from.getNano() == 0 ? from.getEpochSecond() : from.getEpochSecond() + 1;
        long last = to.getNano() == 0 ? to.getEpochSecond() - 1 : to.getEpochSecond();
        if (first > last) {
            return List.of();
        }
        String partition = TrendRow.partition(scope, length);
        QueryConditional range =
                QueryConditional.sortBetween(
                        k -> k.partitionValue(partition).sortValue(first),
                        k -> k.partitionValue(partition).sortValue(last));
        Instant now = clock.instant();
        return AwsCalls.call(
                STORE,
                () ->
                        table
                                .query(
                                        QueryEnhancedRequest.builder()
                                                .queryConditional(range)
                                                .build())
                                .items()
                                .stream()
                                .filter(row -> !row.expired(now))
                                .limit(MAX_WINDOWS)
                                .map(TrendRow::value)
                                .toList());
    }
}

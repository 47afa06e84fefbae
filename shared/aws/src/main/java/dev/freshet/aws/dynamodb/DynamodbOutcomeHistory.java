package dev.freshet.aws.dynamodb;

import dev.freshet.aws.AwsCalls;
import dev.freshet.model.outcome.OutcomeHistory;
import dev.freshet.model.outcome.StoredOutcomes;
import dev.freshet.store.RetentionPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryEnhancedRequest;

/** The outcomes of past days in DynamoDB, at one write unit a day and pair, read by one query. */
public final class DynamodbOutcomeHistory implements OutcomeHistory {
    private static final String STORE = "The Outcomes table";

    /** What sorts behind every key of a day. */
    private static final String AFTER = "$";

    private final DynamoDbTable<OutcomeRow> table;
    private final RetentionPolicy retention;
    private final InstantSource clock;

    /** Creates the adapter with the default retention. */
    public DynamodbOutcomeHistory(
            DynamoDbEnhancedClient client, String tableName, InstantSource clock) {
        this(client, tableName, RetentionPolicy.DEFAULT, clock);
    }

    public DynamodbOutcomeHistory(
            DynamoDbEnhancedClient client,
            String tableName,
            RetentionPolicy retention,
            InstantSource clock) {
        this.table = client.table(tableName, OutcomeRow.SCHEMA);
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public boolean put(StoredOutcomes outcomes) {
        Instant now = clock.instant();
        OutcomeRow row = OutcomeRow.of(outcomes, now, retention.outcomes());
        return Conditions.ofNoLaterModel(outcomes.modelVersion(), now).put(STORE, table, row);
    }

    @Override
    public List<StoredOutcomes> between(int firstDay, int lastDay) {
        OutcomeHistory.check(firstDay, lastDay);
        if (firstDay > lastDay) {
            return List.of();
        }
        QueryConditional range =
                QueryConditional.sortBetween(
                        k ->
                                k.partitionValue(OutcomeRow.PARTITION)
                                        .sortValue(OutcomeRow.date(firstDay)),
                        k ->
                                k.partitionValue(OutcomeRow.PARTITION)
                                        .sortValue(OutcomeRow.date(lastDay) + AFTER));
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
                                .map(OutcomeRow::value)
                                .toList());
    }
}

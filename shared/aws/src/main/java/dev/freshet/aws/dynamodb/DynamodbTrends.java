package dev.freshet.aws.dynamodb;

import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.popularity.Trends;
import dev.freshet.privacy.RowExpiry;
import dev.freshet.store.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;

/**
 * The windows of trends in DynamoDB. A full window has some 3 KB and so costs some three write
 * units.
 */
public final class DynamodbTrends implements Trends {
    private static final String STORE = "The Trends table";

    private final Rows<Row> table;
    private final RetentionPolicy retention;
    private final InstantSource clock;

    public DynamodbTrends(
            DynamoDbEnhancedClient client,
            String tableName,
            RetentionPolicy retention,
            InstantSource clock) {
        this.table = Rows.of(client, tableName, Row.SCHEMA, STORE);
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public boolean put(TrendWindow window) {
        Instant now = clock.instant();
        Row row = Row.of(window, now, retention.period(RetentionPolicy.Kind.TRENDS));
        return table.put(row, Conditions.ofNoLaterModel(window.modelVersion(), now));
    }

    @Override
    public List<TrendWindow> between(String scope, Duration length, Instant from, Instant to) {
        long first = from.getNano() == 0 ? from.getEpochSecond() : from.getEpochSecond() + 1;
        long last = to.getNano() == 0 ? to.getEpochSecond() - 1 : to.getEpochSecond();
        if (first > last) {
            return List.of();
        }
        String partition = Row.partition(scope, length);
        QueryConditional range =
                QueryConditional.sortBetween(Rows.key(partition, first), Rows.key(partition, last));
        Instant now = clock.instant();
        return table.query(
                query -> query.queryConditional(range),
                rows ->
                        rows.filter(row -> !row.expired(now))
                                .limit(MAX_WINDOWS)
                                .map(Row::value)
                                .toList());
    }

    /**
     * A row of Trends. The partition key is length and scope, {@code PT1H/tag:football}; the window
     * starts at a time in epoch seconds.
     */
    private record Row(
            String scope,
            long windowStart,
            @Nullable List<CountRow> top,
            long modelVersion,
            @Nullable Long expiresAt)
            implements Rows.Expiring {
        static final TableSchema<Row> SCHEMA =
                RowSchema.of(Row.class, TableKeys.SCOPE, TableKeys.WINDOW_START);

        static String partition(String scope, Duration length) {
            return length + "/" + scope;
        }

        static Row of(TrendWindow window, Instant now, Duration retention) {
            return new Row(
                    partition(window.scope(), window.length()),
                    window.start().getEpochSecond(),
                    window.top().stream()
                            .map(each -> new CountRow(each.itemId(), each.count()))
                            .toList(),
                    window.modelVersion(),
                    RowExpiry.expiry(now, retention));
        }

        TrendWindow value() {
            int slash = scope.indexOf('/');
            return new TrendWindow(
                    scope.substring(slash + 1),
                    Duration.parse(scope.substring(0, slash)),
                    Instant.ofEpochSecond(windowStart),
                    top == null
                            ? List.of()
                            : top.stream()
                                    .map(each -> new TrendWindow.Count(each.item, each.count))
                                    .toList(),
                    modelVersion);
        }

        /** The count of one item. */
        record CountRow(String item, long count) {}
    }
}

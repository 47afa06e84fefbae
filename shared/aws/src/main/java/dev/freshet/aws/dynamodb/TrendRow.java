package dev.freshet.aws.dynamodb;

import dev.freshet.aws.row.RowExpiry;
import dev.freshet.aws.row.TableKeys;
import dev.freshet.model.popularity.TrendWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * A row of Trends. The partition key is length and scope, {@code PT1H/tag:football}; the counts are
 * a list of {@code {item, count}}.
 */
final class TrendRow {
    static final TableSchema<TrendRow> SCHEMA =
            RowSchema.of(TrendRow.class, TrendRow::new)
                    .partitionKey(TableKeys.SCOPE, r -> r.scope, (r, v) -> r.scope = v)
                    .sortKey(
                            TableKeys.WINDOW_START,
                            Long.class,
                            r -> r.windowStart,
                            (r, v) -> r.windowStart = v)
                    .with(
                            "top",
                            EnhancedType.listOf(
                                    EnhancedType.documentOf(CountRow.class, CountRow.SCHEMA)),
                            r -> r.top,
                            (r, v) -> r.top = v)
                    .with(
                            Conditions.MODEL_VERSION,
                            Long.class,
                            r -> r.modelVersion,
                            (r, v) -> r.modelVersion = v)
                    .with(
                            TableKeys.EXPIRES_AT,
                            Long.class,
                            r -> r.expiresAt,
                            (r, v) -> r.expiresAt = v)
                    .build();

    private String scope = "";
    private Long windowStart = 0L;
    private @Nullable List<CountRow> top;
    private Long modelVersion = 0L;
    private Long expiresAt = 0L;

    static String partition(String scope, Duration length) {
        return length + "/" + scope;
    }

    static TrendRow of(TrendWindow window, Instant now, Duration retention) {
        TrendRow row = new TrendRow();
        row.scope = partition(window.scope(), window.length());
        row.windowStart = window.start().getEpochSecond();
        row.top = window.top().stream().map(CountRow::of).toList();
        row.modelVersion = window.modelVersion();
        row.expiresAt = RowExpiry.expiry(now, retention);
        return row;
    }

    TrendWindow value() {
        int slash = scope.indexOf('/');
        return new TrendWindow(
                scope.substring(slash + 1),
                Duration.parse(scope.substring(0, slash)),
                Instant.ofEpochSecond(windowStart),
                top == null ? List.of() : top.stream().map(CountRow::value).toList(),
                modelVersion);
    }

    boolean expired(Instant now) {
        return RowExpiry.passed(expiresAt, now);
    }

    /** The count of one item, an element of the list in a row. */
    static final class CountRow {
        static final TableSchema<CountRow> SCHEMA =
                RowSchema.of(CountRow.class, CountRow::new)
                        .with("item", String.class, r -> r.item, (r, v) -> r.item = v)
                        .with("count", Long.class, r -> r.count, (r, v) -> r.count = v)
                        .build();

        private String item = "";
        private Long count = 0L;

        private static CountRow of(TrendWindow.Count value) {
            CountRow row = new CountRow();
            row.item = value.itemId();
            row.count = value.count();
            return row;
        }

        private TrendWindow.Count value() {
            return new TrendWindow.Count(item, count);
        }
    }
}

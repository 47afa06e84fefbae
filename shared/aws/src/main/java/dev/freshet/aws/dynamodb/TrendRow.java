package dev.freshet.aws.dynamodb;

import dev.freshet.aws.row.RowExpiry;
import dev.freshet.aws.row.TableKeys;
import dev.freshet.model.popularity.TrendWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * A row of Trends. The partition key is length and scope, {@code PT1H/tag:football}; the window
 * starts at a time in epoch seconds.
 */
record TrendRow(
        String scope,
        long windowStart,
        @Nullable List<CountRow> top,
        long modelVersion,
        long expiresAt) {
    static final TableSchema<TrendRow> SCHEMA =
            RowSchema.of(TrendRow.class, TableKeys.SCOPE, TableKeys.WINDOW_START);

    static String partition(String scope, Duration length) {
        return length + "/" + scope;
    }

    static TrendRow of(TrendWindow window, Instant now, Duration retention) {
        return new TrendRow(
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

    boolean expired(Instant now) {
        return RowExpiry.passed(expiresAt, now);
    }

    /** The count of one item. */
    record CountRow(String item, long count) {}
}

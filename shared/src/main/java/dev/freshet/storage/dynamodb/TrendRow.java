package dev.freshet.storage.dynamodb;

import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primarySortKey;

import dev.freshet.feature.TrendWindow;
import dev.freshet.storage.Retention;
import dev.freshet.storage.TableKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;

/**
 * A row of Trends. The partition is length and scope, {@code PT1H/tag:football}; the counts are a
 * list of {@code {item, count}}.
 */
final class TrendRow {
    static final String MODEL_VERSION = "modelVersion";

    static final TableSchema<TrendRow> SCHEMA =
            StaticTableSchema.builder(TrendRow.class)
                    .newItemSupplier(TrendRow::new)
                    .addAttribute(
                            String.class,
                            a ->
                                    a.name(TableKeys.SCOPE)
                                            .getter(r -> r.scope)
                                            .setter((r, v) -> r.scope = v)
                                            .tags(primaryPartitionKey()))
                    .addAttribute(
                            Long.class,
                            a ->
                                    a.name(TableKeys.WINDOW_START)
                                            .getter(r -> r.windowStart)
                                            .setter((r, v) -> r.windowStart = v)
                                            .tags(primarySortKey()))
                    .addAttribute(
                            EnhancedType.listOf(
                                    EnhancedType.documentOf(CountRow.class, CountRow.SCHEMA)),
                            a -> a.name("top").getter(r -> r.top).setter((r, v) -> r.top = v))
                    .addAttribute(
                            Long.class,
                            a ->
                                    a.name(MODEL_VERSION)
                                            .getter(r -> r.modelVersion)
                                            .setter((r, v) -> r.modelVersion = v))
                    .addAttribute(
                            Long.class,
                            a ->
                                    a.name(TableKeys.EXPIRES_AT)
                                            .getter(r -> r.expiresAt)
                                            .setter((r, v) -> r.expiresAt = v))
                    .build();

    private String scope = "";
    private Long windowStart = 0L;
    private @Nullable List<CountRow> top;
    private Long modelVersion = 0L;
    private Long expiresAt = 0L;

    static String partition(String scope, Duration length) {
        return length + "/" + scope;
    }

    static TrendRow of(TrendWindow window, Instant now) {
        TrendRow row = new TrendRow();
        row.scope = partition(window.scope(), window.length());
        row.windowStart = window.start().getEpochSecond();
        row.top = window.top().stream().map(CountRow::of).toList();
        row.modelVersion = window.modelVersion();
        row.expiresAt = Retention.expiry(now, Retention.TRENDS);
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
        return Retention.passed(expiresAt, now);
    }

    /** One item with its count. */
    static final class CountRow {
        static final TableSchema<CountRow> SCHEMA =
                StaticTableSchema.builder(CountRow.class)
                        .newItemSupplier(CountRow::new)
                        .addAttribute(
                                String.class,
                                a ->
                                        a.name("item")
                                                .getter(r -> r.item)
                                                .setter((r, v) -> r.item = v))
                        .addAttribute(
                                Long.class,
                                a ->
                                        a.name("count")
                                                .getter(r -> r.count)
                                                .setter((r, v) -> r.count = v))
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

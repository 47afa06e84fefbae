package dev.freshet.storage.dynamodb;

import dev.freshet.feature.Item.Availability;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;

/** Within a row of Items: where and when it may be shown, times in epoch milliseconds. */
final class WindowRow {
    static final TableSchema<WindowRow> SCHEMA =
            StaticTableSchema.builder(WindowRow.class)
                    .newItemSupplier(WindowRow::new)
                    .addAttribute(
                            EnhancedType.listOf(String.class),
                            a ->
                                    a.name("regions")
                                            .getter(r -> r.regions)
                                            .setter((r, v) -> r.regions = v))
                    .addAttribute(
                            Long.class,
                            a -> a.name("from").getter(r -> r.from).setter((r, v) -> r.from = v))
                    .addAttribute(
                            Long.class,
                            a -> a.name("until").getter(r -> r.until).setter((r, v) -> r.until = v))
                    .build();

    private List<String> regions = List.of();
    private @Nullable Long from;
    private @Nullable Long until;

    static WindowRow of(Availability window) {
        WindowRow row = new WindowRow();
        Instant from = window.from();
        Instant until = window.until();
        row.regions = window.regions().stream().sorted().toList();
        row.from = from == null ? null : from.toEpochMilli();
        row.until = until == null ? null : until.toEpochMilli();
        return row;
    }

    Availability value() {
        return new Availability(
                Set.copyOf(regions),
                from == null ? null : Instant.ofEpochMilli(from),
                until == null ? null : Instant.ofEpochMilli(until));
    }
}

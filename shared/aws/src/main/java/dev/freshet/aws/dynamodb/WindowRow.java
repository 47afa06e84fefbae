package dev.freshet.aws.dynamodb;

import dev.freshet.catalog.Item.Availability;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * An availability window within a row of Items: the regions and the period in which an item may be
 * shown, times in epoch milliseconds.
 */
final class WindowRow {
    static final TableSchema<WindowRow> SCHEMA =
            RowSchema.of(WindowRow.class, WindowRow::new)
                    .with(
                            "regions",
                            EnhancedType.listOf(String.class),
                            r -> r.regions,
                            (r, v) -> r.regions = v)
                    .with("from", Long.class, r -> r.from, (r, v) -> r.from = v)
                    .with("until", Long.class, r -> r.until, (r, v) -> r.until = v)
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

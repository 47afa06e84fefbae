package dev.freshet.aws.dynamodb;

import dev.freshet.catalog.Item.Availability;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An availability window within a row of Items: the regions and the period in which an item may be
 * shown.
 */
record WindowRow(List<String> regions, @Nullable Instant from, @Nullable Instant until) {
    static WindowRow of(Availability window) {
        return new WindowRow(
                window.regions().stream().sorted().toList(), window.from(), window.until());
    }

    Availability value() {
        return new Availability(Set.copyOf(regions), from, until);
    }
}

package dev.freshet.cli.imports.sending;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts of an import.
 *
 * @param events that were accepted
 * @param items that were accepted
 * @param users that were accepted
 * @param refusedByCode refusals, by their codes
 * @param skippedByReason lines that were left out, by the reason
 */
public record Totals(
        long events,
        long items,
        long users,
        SortedMap<String, Long> refusedByCode,
        SortedMap<String, Long> skippedByReason) {
    public Totals {
        refusedByCode = Collections.unmodifiableSortedMap(new TreeMap<>(refusedByCode));
        skippedByReason = Collections.unmodifiableSortedMap(new TreeMap<>(skippedByReason));
    }

    /** Returns the number of refusals. */
    public long refused() {
        return refusedByCode.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the number of lines that were left out. */
    public long skipped() {
        return skippedByReason.values().stream().mapToLong(Long::longValue).sum();
    }
}

package dev.freshet.cli.imports;

import dev.freshet.cli.imports.ImportEntry.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Counts what became of the entries of an import: each is accepted, refused or left out. Safe for
 * several threads.
 */
public final class Account {
    /** Most refusals that are kept as examples. */
    public static final int MAX_EXAMPLES = 5;

    private final Consumer<Refusal> refusals;
    private final SortedMap<String, Long> refusedByCode = new TreeMap<>();
    private final SortedMap<String, Long> skippedByReason = new TreeMap<>();
    private final List<Refusal> examples = new ArrayList<>();
    private long events;
    private long items;
    private long users;

    /**
     * Creates an account without entries.
     *
     * @param refusals receives each refusal
     */
    public Account(Consumer<Refusal> refusals) {
        this.refusals = refusals;
    }

    /** Counts what was counted before an interruption. */
    public synchronized void resume(Totals totals) {
        events += totals.events();
        items += totals.items();
        users += totals.users();
        totals.refusedByCode()
                .forEach((code, count) -> refusedByCode.merge(code, count, Long::sum));
        totals.skippedByReason()
                .forEach((reason, count) -> skippedByReason.merge(reason, count, Long::sum));
    }

    synchronized void acceptEvents(long count) {
        events += count;
    }

    synchronized void acceptItems(long count) {
        items += count;
    }

    synchronized void acceptUser() {
        users++;
    }

    /** Counts a refusal. */
    public synchronized void refuse(Refusal refusal) {
        refusedByCode.merge(refusal.code(), 1L, Long::sum);
        if (examples.size() < MAX_EXAMPLES) {
            examples.add(refusal);
        }
        refusals.accept(refusal);
    }

    void refuse(ImportEntry entry, String code, String detail) {
        refuse(new Refusal(entry.line(), code, detail));
    }

    synchronized void skip(String reason) {
        skippedByReason.merge(reason, 1L, Long::sum);
    }

    /** Returns the first refusals, at most {@value #MAX_EXAMPLES}. */
    public synchronized List<Refusal> examples() {
        return List.copyOf(examples);
    }

    /** Returns the counts so far. */
    public synchronized Totals totals() {
        return new Totals(events, items, users, refusedByCode, skippedByReason);
    }

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
}

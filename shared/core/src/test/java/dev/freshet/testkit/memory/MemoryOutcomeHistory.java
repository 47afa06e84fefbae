package dev.freshet.testkit.memory;

import dev.freshet.model.sums.OutcomeHistory;
import dev.freshet.model.sums.OutcomeHistory.StoredOutcomes;
import dev.freshet.model.sums.OutcomePair;
import dev.freshet.privacy.RowExpiry;
import dev.freshet.store.RetentionPolicy;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;

/** The outcomes of past days in memory. */
public final class MemoryOutcomeHistory implements OutcomeHistory {
    private record Row(StoredOutcomes outcomes, long expiresAt) {}

    private final TreeMap<String, Row> rows = new TreeMap<>();
    private final InstantSource clock;

    public MemoryOutcomeHistory(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized boolean put(StoredOutcomes outcomes) {
        OutcomePair pair = outcomes.pair();
        String key =
                "%09d".formatted(outcomes.day())
                        + (pair == null ? "" : "#" + pair.placement() + "#" + pair.arm());
        Row existing = rows.get(key);
        if (existing != null
                && !expired(existing)
                && existing.outcomes().modelVersion() > outcomes.modelVersion()) {
            return false;
        }
        rows.put(
                key,
                new Row(
                        outcomes,
                        RowExpiry.expiry(
                                clock.instant(),
                                RetentionPolicy.DEFAULT.period(RetentionPolicy.Kind.OUTCOMES))));
        return true;
    }

    @Override
    public synchronized List<StoredOutcomes> between(int firstDay, int lastDay) {
        OutcomeHistory.check(firstDay, lastDay);
        return rows.values().stream()
                .filter(row -> !expired(row))
                .map(Row::outcomes)
                .filter(outcomes -> outcomes.day() >= firstDay && outcomes.day() <= lastDay)
                .toList();
    }

    private boolean expired(Row row) {
        return RowExpiry.passed(row.expiresAt(), clock.instant());
    }
}

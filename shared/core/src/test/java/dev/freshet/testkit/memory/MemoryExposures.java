package dev.freshet.testkit.memory;

import dev.freshet.event.ShardPosition;
import dev.freshet.features.EventKey;
import dev.freshet.features.Exposures;
import dev.freshet.features.LatestRows;
import dev.freshet.features.StoredExposure;
import dev.freshet.features.StoredExposure.ExposureOutcome;
import dev.freshet.privacy.RowExpiry;
import dev.freshet.store.RetentionPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The lists shown in memory, by user and sort key. */
public final class MemoryExposures implements Exposures {
    private final Map<String, TreeMap<String, StoredExposure>> byUser = new HashMap<>();
    private final InstantSource clock;

    public MemoryExposures(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Written put(StoredExposure row, @Nullable ShardPosition retryOf) {
        NavigableMap<String, StoredExposure> rows = rows(row.userId());
        String key = EventKey.of(row).toString();
        StoredExposure existing = rows.get(key);
        ShardPosition owner = existing == null ? null : existing.owner();
        boolean takesOver = owner != null && owner.equals(retryOf);
        if (owner != null && !takesOver && !owner.equals(row.owner())) {
            return new Written(Put.OTHERS, null);
        }
        boolean own = owner != null && !takesOver;
        StoredExposure written =
                new StoredExposure(
                        row.userId(),
                        row.issuedAt(),
                        row.listId(),
                        row.list(),
                        row.owner(),
                        own || takesOver ? Objects.requireNonNull(existing).first() : row.owner(),
                        existing == null ? row.receivedAt() : existing.receivedAt(),
                        existing == null ? List.of() : existing.outcomes());
        rows.put(key, written);
        return new Written(own ? Put.OWN : Put.STORED, written);
    }

    @Override
    public synchronized @Nullable StoredExposure mark(
            String userId,
            Instant issuedAt,
            String listId,
            ExposureOutcome outcome,
            Instant receivedAt) {
        NavigableMap<String, StoredExposure> rows = rows(userId);
        String key = new EventKey(issuedAt, listId).toString();
        StoredExposure existing = rows.get(key);
        List<ExposureOutcome> outcomes = new ArrayList<>();
        if (existing != null) {
            outcomes.addAll(existing.outcomes());
            if (outcomes.size() >= StoredExposure.MAX_OUTCOMES && !outcomes.contains(outcome)) {
                return null;
            }
        }
        outcomes.add(outcome);
        StoredExposure marked =
                new StoredExposure(
                        userId,
                        issuedAt,
                        listId,
                        existing == null ? null : existing.list(),
                        existing == null ? null : existing.owner(),
                        existing == null ? null : existing.first(),
                        existing == null ? receivedAt : existing.receivedAt(),
                        outcomes);
        rows.put(key, marked);
        return marked;
    }

    @Override
    public synchronized List<StoredExposure> latest(String userId, int limit) {
        LatestRows.checkPage(limit);
        return rows(userId).descendingMap().values().stream()
                .limit(limit)
                .filter(row -> !expired(row))
                .toList();
    }

    @Override
    public synchronized Page<StoredExposure> page(
            String userId, @Nullable String after, int limit) {
        LatestRows.checkPage(limit);
        NavigableMap<String, StoredExposure> rows = rows(userId);
        NavigableMap<String, StoredExposure> left =
                after == null ? rows : rows.tailMap(after, false);
        List<StoredExposure> found = left.values().stream().limit(limit).toList();
        return new Page<>(
                found, found.size() < left.size() ? EventKey.of(found.getLast()).toString() : null);
    }

    @Override
    public synchronized int remove(List<StoredExposure> gone) {
        LatestRows.checkPage(gone.size());
        int removed = 0;
        for (StoredExposure row : gone) {
            NavigableMap<String, StoredExposure> rows = rows(row.userId());
            String key = EventKey.of(row).toString();
            StoredExposure existing = rows.get(key);
            if (existing != null && Objects.equals(existing.owner(), row.owner())) {
                rows.remove(key);
                removed++;
            }
        }
        return removed;
    }

    /** Returns every row, including expired ones, by user and key. */
    public synchronized List<StoredExposure> all() {
        return new TreeMap<>(byUser)
                .values().stream().flatMap(rows -> rows.values().stream()).toList();
    }

    private NavigableMap<String, StoredExposure> rows(String userId) {
        return byUser.computeIfAbsent(userId, id -> new TreeMap<>());
    }

    private boolean expired(StoredExposure row) {
        long expiry =
                RowExpiry.expiry(
                        row.receivedAt(),
                        RetentionPolicy.DEFAULT.period(RetentionPolicy.Kind.EXPOSURES));
        return RowExpiry.passed(expiry, clock.instant());
    }
}

package dev.freshet.testkit.memory;

import dev.freshet.event.ShardPosition;
import dev.freshet.features.EventKey;
import dev.freshet.features.Interactions;
import dev.freshet.features.LatestRows;
import dev.freshet.features.StoredInteraction;
import dev.freshet.privacy.RowExpiry;
import dev.freshet.store.RetentionPolicy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Interactions in memory, by user and sort key. */
public final class MemoryInteractions implements Interactions {
    private final Map<String, TreeMap<String, StoredInteraction>> byUser = new HashMap<>();
    private final InstantSource clock;

    public MemoryInteractions(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Put putIfAbsent(StoredInteraction row, @Nullable ShardPosition retryOf) {
        TreeMap<String, StoredInteraction> rows =
                byUser.computeIfAbsent(row.userId(), id -> new TreeMap<>());
        String key = EventKey.of(row).toString();
        StoredInteraction existing = rows.get(key);
        if (existing == null || existing.owner().equals(retryOf)) {
            rows.put(key, row);
            return Put.STORED;
        }
        return existing.owner().equals(row.owner()) ? Put.SAME_RECORD : Put.OTHER_RECORD;
    }

    @Override
    public synchronized List<StoredInteraction> latest(List<String> userIds, int limit) {
        LatestRows.check(userIds, limit);
        List<List<StoredInteraction>> byId = new ArrayList<>();
        userIds.stream().distinct().forEach(id -> byId.add(newestFirst(id, limit)));
        return LatestRows.join(byId, limit);
    }

    @Override
    public synchronized List<StoredInteraction> withRetractions(String userId, String eventId) {
        return LatestRows.about(eventId, newestFirst(userId, LatestRows.MAX_ROWS));
    }

    @Override
    public synchronized Page<StoredInteraction> page(
            String userId, @Nullable String after, int limit) {
        LatestRows.checkPage(limit);
        NavigableMap<String, StoredInteraction> rows = byUser.getOrDefault(userId, new TreeMap<>());
        NavigableMap<String, StoredInteraction> left =
                after == null ? rows : rows.tailMap(after, false);
        List<StoredInteraction> found = left.values().stream().limit(limit).toList();
        return new Page<>(
                found, found.size() < left.size() ? EventKey.of(found.getLast()).toString() : null);
    }

    @Override
    public synchronized List<StoredInteraction> newest(
            String userId, @Nullable Position before, int limit) {
        LatestRows.checkPage(limit);
        return byUser.getOrDefault(userId, new TreeMap<>()).descendingMap().values().stream()
                .filter(row -> before == null || Position.of(row).compareTo(before) < 0)
                .filter(row -> !expired(row))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized int remove(List<StoredInteraction> gone) {
        LatestRows.checkPage(gone.size());
        int removed = 0;
        for (StoredInteraction row : gone) {
            TreeMap<String, StoredInteraction> rows = byUser.get(row.userId());
            String key = EventKey.of(row).toString();
            StoredInteraction existing = rows == null ? null : rows.get(key);
            if (rows != null && existing != null && existing.owner().equals(row.owner())) {
                rows.remove(key);
                removed++;
            }
        }
        return removed;
    }

    /** Passes every row to {@code each}, including expired ones, by user and key. */
    public synchronized void scan(Consumer<StoredInteraction> each) {
        new TreeMap<>(byUser).values().forEach(rows -> rows.values().forEach(each));
    }

    private List<StoredInteraction> newestFirst(String userId, int limit) {
        return byUser.getOrDefault(userId, new TreeMap<>()).descendingMap().values().stream()
                .filter(row -> !expired(row))
                .limit(limit)
                .toList();
    }

    private boolean expired(StoredInteraction row) {
        long expiry =
                RowExpiry.expiry(
                        row.receivedAt(),
                        RetentionPolicy.DEFAULT.period(RetentionPolicy.Kind.INTERACTIONS));
        return RowExpiry.passed(expiry, clock.instant());
    }
}

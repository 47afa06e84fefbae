package dev.freshet.testkit.memory;

import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.log.ModelArchive;
import dev.freshet.model.log.ModelLog;
import dev.freshet.privacy.RowExpiry;
import dev.freshet.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A model log whose rows are in memory; its objects are in any {@link ObjectStore}. */
public final class MemoryModelLog implements ModelLog {
    private final TreeMap<Long, Version> versions = new TreeMap<>();
    private final TreeMap<Long, Snapshot> snapshots = new TreeMap<>();
    private final Map<Long, Long> versionExpiry = new HashMap<>();
    private final Map<Long, Long> snapshotExpiry = new HashMap<>();
    private final ModelArchive archive;
    private final InstantSource clock;

    public MemoryModelLog(InstantSource clock) {
        this(new MemoryObjectStore(), clock);
    }

    public MemoryModelLog(ObjectStore objects, InstantSource clock) {
        this.archive = new ModelArchive(objects, "memory");
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Version> head() {
        return Optional.ofNullable(versions.lastEntry()).map(Map.Entry::getValue);
    }

    @Override
    public synchronized List<Version> after(long version, int limit) {
        return versions.tailMap(version, false).values().stream()
                .filter(row -> unexpired(versionExpiry.get(row.version())))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Snapshot> snapshots(int limit) {
        return snapshots.descendingMap().values().stream()
                .filter(row -> unexpired(snapshotExpiry.get(row.version())))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<Version> append(
            long version, byte[] delta, HighWaterMarks marks, String examplesPosition, Instant at) {
        ModelArchive.StoredObject kept = archive.put(ModelArchive.Kind.DELTAS, version, delta);
        Version row =
                new Version(
                        version,
                        kept.key(),
                        kept.sha256(),
                        kept.bytes(),
                        marks,
                        examplesPosition,
                        at);
        return versions.putIfAbsent(version, row) == null ? Optional.of(row) : Optional.empty();
    }

    @Override
    public synchronized void putSnapshot(
            long version, byte[] snapshot, Instant at, Instant expireAt) {
        ModelArchive.StoredObject kept =
                archive.put(ModelArchive.Kind.SNAPSHOTS, version, snapshot);
        Snapshot row = new Snapshot(version, kept.key(), kept.sha256(), kept.bytes(), at);
        snapshots.put(version, row);
        long expiry = RowExpiry.expiry(expireAt, Duration.ZERO);
        versions.headMap(version).keySet().forEach(v -> versionExpiry.putIfAbsent(v, expiry));
        snapshots.headMap(version).keySet().forEach(v -> snapshotExpiry.putIfAbsent(v, expiry));
        while (snapshots.size() > MAX_SNAPSHOTS) {
            archive.remove(snapshots.pollFirstEntry().getValue().key());
        }
    }

    @Override
    public synchronized Optional<Instant> expiry(long version) {
        Long expiry = versionExpiry.get(version);
        return expiry == null || !unexpired(expiry)
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(expiry));
    }

    @Override
    public synchronized long oldestRemaining(long newest) {
        return after(0, 1).getFirst().version();
    }

    @Override
    public ModelArchive archive() {
        return archive;
    }

    private boolean unexpired(@Nullable Long expiry) {
        return !RowExpiry.passed(expiry, clock.instant());
    }
}

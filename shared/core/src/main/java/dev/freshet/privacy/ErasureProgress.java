package dev.freshet.privacy;

import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.features.Interactions;
import dev.freshet.model.codec.DeltaCodec;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLog.Version;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.Users;
import dev.freshet.store.RetentionPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far an erasure has come. Reads off what is there: no step keeps a note of its own that
 * could be wrong. Costs a get for each id, a query for its rows, and some twenty small reads of the
 * model log.
 */
public final class ErasureProgress {
    /** Most pages of rows looked at under one id. */
    static final int MAX_PAGES = 50;

    private final Interactions interactions;
    private final Users users;
    private final ModelLogs logs;
    private final RetentionPolicy retention;
    private final InstantSource clock;

    public ErasureProgress(
            Interactions interactions,
            Users users,
            ModelLogs logs,
            RetentionPolicy retention,
            InstantSource clock) {
        this.interactions = interactions;
        this.users = users;
        this.logs = logs;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * The state of the latest erasure of this id; empty where there was none, or its tombstone has
     * expired.
     *
     * @throws dev.freshet.store.StoreUnavailableException when a store does not answer
     */
    public Optional<ErasureState> of(String id) {
        Tombstone tombstone = users.get(id).tombstone();
        return tombstone == null ? Optional.empty() : Optional.of(of(id, tombstone));
    }

    private ErasureState of(String id, Tombstone tombstone) {
        List<String> ids = new ArrayList<>(List.of(id));
        ids.addAll(tombstone.aliases());
        List<ShardPosition> taken = new ArrayList<>();
        boolean rowsGone = true;
        for (String each : ids) {
            Tombstone own = each.equals(id) ? tombstone : users.get(each).tombstone();
            rowsGone &= own != null && rowsGone(each, own);
            if (own != null && own.takenAt() != null) {
                taken.add(own.takenAt());
            }
        }
        boolean allTaken = taken.size() == ids.size();
        ModelLog log = logs.currentLog();
        Optional<Forgotten> forgotten = allTaken ? forgotten(log, taken) : Optional.empty();
        Optional<Long> corrected = forgotten.flatMap(version -> snapshotFrom(log, version));
        boolean logGone = corrected.isPresent() && logGone(log, forgotten.orElseThrow());
        Instant streamsGoneAt =
                later(
                                tombstone.erasedAt(),
                                forgotten
                                        .map(found -> found.told(tombstone.erasedAt()))
                                        .orElse(clock.instant()))
                        .plus(RetentionPolicy.STREAMS);
        Optional<Instant> logGoneAt =
                logGone
                        ? Optional.of(streamsGoneAt)
                        : corrected.flatMap(
                                snapshot -> goneAt(log, forgotten.orElseThrow(), snapshot));
        Instant restorableUntil = tombstone.erasedAt().plus(retention.recovery());
        return new ErasureState(
                tombstone.erasureId(),
                tombstone.erasedAt(),
                tombstone.aliases().size(),
                rowsGone,
                allTaken ? Optional.ofNullable(tombstone.takenAt()) : Optional.empty(),
                forgotten.map(found -> found.version().version()),
                corrected,
                logGoneAt,
                logGone,
                streamsGoneAt,
                restorableUntil,
                rowsGone
                        ? logGoneAt.map(at -> later(later(at, streamsGoneAt), restorableUntil))
                        : Optional.empty());
    }

    /**
     * Since which version the model has forgotten.
     *
     * @param exact false where it may have been one before, whose row is gone
     */
    private record Forgotten(Version version, boolean exact) {
        /** When the last example of the person was learned. */
        Instant told(Instant atLeast) {
            return exact ? version.at() : atLeast;
        }
    }

    /** Rows beyond the bound count as gone: as many that came after the erasure stand in front. */
    private boolean rowsGone(String id, Tombstone tombstone) {
        @Nullable String after = null;
        for (int pages = 0; pages < MAX_PAGES; pages++) {
            Interactions.Page page = interactions.page(id, after, Interactions.MAX_PAGE);
            if (page.rows().stream()
                    .anyMatch(row -> tombstone.covers(row.receivedAt(), row.owner()))) {
                return false;
            }
            after = page.next();
            if (after == null) {
                return true;
            }
        }
        return true;
    }

    /** By halves: marks only grow. */
    private static Optional<Forgotten> forgotten(ModelLog log, List<ShardPosition> taken) {
        Optional<Version> head = log.head();
        Optional<Version> oldest = log.after(0, 1).stream().findFirst();
        if (head.isEmpty() || oldest.isEmpty() || !covers(head.get(), taken)) {
            return Optional.empty();
        }
        if (covers(oldest.get(), taken)) {
            boolean first = oldest.get().version() == 1 || tells(log, oldest.get(), taken);
            return Optional.of(new Forgotten(oldest.get(), first));
        }
        Version found = head.get();
        long low = oldest.get().version() + 1;
        while (low < found.version()) {
            long middle = low + (found.version() - low) / 2;
            Version at = log.after(middle - 1, 1).getFirst();
            if (covers(at, taken)) {
                found = at;
            } else {
                low = at.version() + 1;
            }
        }
        return Optional.of(new Forgotten(found, true));
    }

    /** Whether one of the erasures was learned in this very version. */
    private static boolean tells(ModelLog log, Version version, List<ShardPosition> taken) {
        return DeltaCodec.decode(log.delta(version)).examples().stream()
                .anyMatch(
                        example ->
                                example instanceof Example.FromEvents interaction
                                        && taken.contains(interaction.source()));
    }

    /** The version that forgot holds what was learned just before, so it has to go too. */
    private static boolean logGone(ModelLog log, Forgotten forgotten) {
        boolean deltas =
                !forgotten.exact()
                        || log.after(0, 1).stream()
                                .allMatch(row -> row.version() > forgotten.version().version());
        return deltas
                && log.snapshots(ModelLog.MAX_SNAPSHOTS).stream()
                        .allMatch(row -> row.version() >= forgotten.version().version());
    }

    /** Empty while the version that forgot is the log's end: nothing says yet when it goes. */
    private Optional<Instant> goneAt(ModelLog log, Forgotten forgotten, long snapshot) {
        long version = forgotten.version().version();
        boolean there = log.after(version - 1, 1).stream().anyMatch(v -> v.version() == version);
        return forgotten.exact() && there ? log.expiry(version) : snapshotExpiry(log, snapshot);
    }

    private static boolean covers(Version version, List<ShardPosition> taken) {
        return taken.stream().allMatch(version.marks()::cover);
    }

    private static Optional<Long> snapshotFrom(ModelLog log, Forgotten forgotten) {
        return log.snapshots(ModelLog.MAX_SNAPSHOTS).stream()
                .map(ModelLog.Snapshot::version)
                .filter(version -> version >= forgotten.version().version())
                .min(Comparator.naturalOrder());
    }

    /** Where the row before is gone already, older snapshots may still be there. */
    private Optional<Instant> snapshotExpiry(ModelLog log, long corrected) {
        return log.snapshots(ModelLog.MAX_SNAPSHOTS).stream()
                .filter(row -> row.version() == corrected)
                .map(row -> row.at().plus(retention.model()))
                .findFirst();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}

package dev.freshet.privacy;

import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.features.UserStores;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLog.Version;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.profile.Tombstone;
import dev.freshet.store.RetentionPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Determines the progress of an erasure from the stores themselves: no step writes a progress
 * record that could be wrong. Costs a read for each id, a query for its rows, and some twenty small
 * reads of the model log.
 *
 * @param lake empty without a lake
 */
public record ErasureProgress(
        UserStores stores,
        ModelLogs logs,
        RetentionPolicy retention,
        Optional<LakeErasures> lake,
        InstantSource clock) {
    /**
     * Returns the state of the latest erasure of this id; empty if there was none, or its tombstone
     * has expired.
     *
     * @throws dev.freshet.store.StoreUnavailableException if a store does not answer
     */
    public Optional<ErasureState> of(String id) {
        Tombstone tombstone = stores.users().get(id).tombstone();
        return tombstone == null ? Optional.empty() : Optional.of(of(id, tombstone));
    }

    private ErasureState of(String id, Tombstone tombstone) {
        List<String> ids = new ArrayList<>(List.of(id));
        ids.addAll(tombstone.aliases());
        List<ShardPosition> positions = new ArrayList<>();
        boolean rowsGone = true;
        for (String each : ids) {
            Tombstone own = each.equals(id) ? tombstone : stores.users().get(each).tombstone();
            rowsGone &= own != null && stores.areGone(each, own);
            if (own != null && own.appliedPosition() != null) {
                positions.add(own.appliedPosition());
            }
        }
        boolean allApplied = positions.size() == ids.size();
        ModelLog log = logs.currentLog();
        Optional<Forgotten> forgotten = allApplied ? forgotten(log, positions) : Optional.empty();
        Optional<Long> corrected = forgotten.flatMap(version -> snapshotFrom(log, version));
        boolean logGone = corrected.isPresent() && logGone(log, forgotten.orElseThrow());
        Instant streamsGoneAt =
                later(
                                tombstone.erasedAt(),
                                forgotten
                                        .map(found -> found.lastLearnedAt(tombstone.erasedAt()))
                                        .orElse(clock.instant()))
                        .plus(RetentionPolicy.STREAMS);
        Optional<Instant> logGoneAt =
                logGone
                        ? Optional.of(streamsGoneAt)
                        : corrected.flatMap(
                                snapshot ->
                                        expectedRemoval(log, forgotten.orElseThrow(), snapshot));
        Instant restorableUntil =
                tombstone.erasedAt().plus(retention.period(RetentionPolicy.Kind.RECOVERY));
        Optional<ErasureState.InLake> inLake =
                lake.map(erasures -> erasures.of(tombstone.erasedAt()));
        return new ErasureState(
                tombstone.erasureId(),
                tombstone.erasedAt(),
                tombstone.aliases().size(),
                rowsGone,
                allApplied ? Optional.ofNullable(tombstone.appliedPosition()) : Optional.empty(),
                forgotten.map(found -> found.version().version()),
                corrected,
                logGoneAt,
                logGone,
                streamsGoneAt,
                restorableUntil,
                inLake,
                rowsGone
                        ? logGoneAt
                                .map(at -> later(later(at, streamsGoneAt), restorableUntil))
                                .flatMap(at -> withLake(at, inLake))
                        : Optional.empty());
    }

    /** Returns the later of a moment and that of the lake; empty if the lake is overdue. */
    private Optional<Instant> withLake(Instant at, Optional<ErasureState.InLake> inLake) {
        if (inLake.isEmpty() || inLake.get().gone()) {
            return Optional.of(at);
        }
        Instant promised = inLake.get().promisedAt();
        return promised.isAfter(clock.instant())
                ? Optional.of(later(at, promised))
                : Optional.empty();
    }

    /**
     * The version in which the model forgot the user.
     *
     * @param exact false if it may have been an earlier version, whose row is gone
     */
    private record Forgotten(Version version, boolean exact) {
        /** Returns when the last example of the user was learned. */
        Instant lastLearnedAt(Instant atLeast) {
            return exact ? version.at() : atLeast;
        }
    }

    /** Finds the version by binary search, since high-water marks never decrease. */
    private static Optional<Forgotten> forgotten(ModelLog log, List<ShardPosition> positions) {
        Optional<Version> head = log.head();
        Optional<Version> oldest = log.after(0, 1).stream().findFirst();
        if (head.isEmpty() || oldest.isEmpty() || !covers(head.get(), positions)) {
            return Optional.empty();
        }
        if (covers(oldest.get(), positions)) {
            boolean first =
                    oldest.get().version() == 1 || containsErasure(log, oldest.get(), positions);
            return Optional.of(new Forgotten(oldest.get(), first));
        }
        Version found = head.get();
        long low = oldest.get().version() + 1;
        while (low < found.version()) {
            long middle = low + (found.version() - low) / 2;
            Version at = log.after(middle - 1, 1).getFirst();
            if (covers(at, positions)) {
                found = at;
            } else {
                low = at.version() + 1;
            }
        }
        return Optional.of(new Forgotten(found, true));
    }

    /** Returns whether one of the erasures was learned in this version. */
    private static boolean containsErasure(
            ModelLog log, Version version, List<ShardPosition> positions) {
        return DeltaCodec.decode(log.delta(version)).examples().stream()
                .anyMatch(
                        example ->
                                example instanceof Example.FromEvents interaction
                                        && positions.contains(interaction.source()));
    }

    /**
     * Returns whether the log holds nothing of the user any more. The version that forgot the user
     * also holds examples that were learned just before, so it has to be removed too.
     */
    private static boolean logGone(ModelLog log, Forgotten forgotten) {
        boolean deltas =
                !forgotten.exact()
                        || log.after(0, 1).stream()
                                .allMatch(row -> row.version() > forgotten.version().version());
        return deltas
                && log.snapshots(ModelLog.MAX_SNAPSHOTS).stream()
                        .allMatch(row -> row.version() >= forgotten.version().version());
    }

    /**
     * Returns when the log will hold nothing of the user any more; empty while the version that
     * forgot the user is the log's end, since its expiry is not determined yet.
     */
    private Optional<Instant> expectedRemoval(ModelLog log, Forgotten forgotten, long snapshot) {
        long version = forgotten.version().version();
        boolean exists = log.after(version - 1, 1).stream().anyMatch(v -> v.version() == version);
        return forgotten.exact() && exists ? log.expiry(version) : snapshotExpiry(log, snapshot);
    }

    private static boolean covers(Version version, List<ShardPosition> positions) {
        return positions.stream().allMatch(version.marks()::cover);
    }

    private static Optional<Long> snapshotFrom(ModelLog log, Forgotten forgotten) {
        return log.snapshots(ModelLog.MAX_SNAPSHOTS).stream()
                .map(ModelLog.Snapshot::version)
                .filter(version -> version >= forgotten.version().version())
                .min(Comparator.naturalOrder());
    }

    /** Returns when older snapshots will be removed, for a version whose row is gone already. */
    private Optional<Instant> snapshotExpiry(ModelLog log, long corrected) {
        return log.snapshots(ModelLog.MAX_SNAPSHOTS).stream()
                .filter(row -> row.version() == corrected)
                .map(row -> row.at().plus(retention.period(RetentionPolicy.Kind.MODEL)))
                .findFirst();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * The progress of an erasure, as found in the stores.
     *
     * @param aliases other ids erased with it
     * @param rowsGone whether no row is left that the erasure covers
     * @param appliedAt position at which the erasure was processed under the id itself; empty until
     *     it has been processed under every id
     * @param forgottenIn the first version of the model that has forgotten the user
     * @param correctedIn the first snapshot without the user's data, once there is one
     * @param logGoneAt when the last older delta and snapshot are removed; empty until that is
     *     known
     * @param logGone whether they are removed
     * @param streamsGoneAt when the last older record has expired in both streams
     * @param restorableUntil until when the tables can be restored to an older state
     * @param inLake what became of the rows in the lake; empty without a lake
     * @param completeAt when nothing of the user remains but the tombstone; empty until that is
     *     known
     */
    public record ErasureState(
            String erasureId,
            Instant erasedAt,
            int aliases,
            boolean rowsGone,
            Optional<ShardPosition> appliedAt,
            Optional<Long> forgottenIn,
            Optional<Long> correctedIn,
            Optional<Instant> logGoneAt,
            boolean logGone,
            Instant streamsGoneAt,
            Instant restorableUntil,
            Optional<InLake> inLake,
            Optional<Instant> completeAt) {
        /**
         * What became of the rows in the lake.
         *
         * @param deleted whether no query finds them
         * @param gone whether no file holds them
         * @param promisedAt when no file holds them at the latest, if no night fails
         */
        public record InLake(boolean deleted, boolean gone, Instant promisedAt) {}

        /** Returns whether nothing of the user remains but the tombstone. */
        public boolean complete(Instant now) {
            return completeAt.isPresent() && !completeAt.get().isAfter(now);
        }
    }
}

package dev.freshet.privacy;

import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.UserIdentity;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.Quarantine;
import dev.freshet.features.UserStores;
import dev.freshet.ingest.EventLog;
import dev.freshet.privacy.ErasureResult.ErasureReceipt;
import dev.freshet.privacy.ErasureResult.ErasureReceipt.Place;
import dev.freshet.privacy.ErasureResult.ErasureReceipt.Remainder;
import dev.freshet.privacy.LakeErasures.LakePurge;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.profile.Users.ProfileWrite;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Erases a user: the id and its aliases.
 *
 * <p>Writes the tombstones first, so that from then on no record in flight is stored; then removes
 * the rows and the entries of the quarantine; then puts one erasure for each id into {@code
 * events}, which is processed after all earlier events of the user ({@link
 * dev.freshet.features.ErasureStep}) and reaches the model. A call that fails has done a part of
 * this; a further call repeats all of it, and erases what was received since.
 *
 * <p>An erasure costs a record for the id and two for each alias, and a search of the quarantine.
 * Therefore an erasure of an id begins at the earliest {@link #LEAST_INTERVAL} after the one
 * before.
 */
public final class ErasureFlow {
    /** Least time between the beginnings of two erasures of one id. */
    public static final Duration LEAST_INTERVAL = Duration.ofMinutes(1);

    private final UserStores stores;
    private final Users users;
    private final Quarantine quarantine;
    private final EarlierErasure earlier;
    private final ErasureRecords records;
    private final Streamed streamed;
    private final RetentionPolicy retention;
    private final Optional<LakePurge> lake;
    private final InstantSource clock;
    private final Supplier<String> erasureIds;

    /**
     * How records in the streams and in the quarantine are read, written and told to be about a
     * user.
     *
     * @param encoder returns the bytes of an event
     * @param decoder any exception means that the bytes cannot be read
     * @param pseudonyms returns the pseudonym of an id
     * @param eventsStream the name of the stream of events, the prefix of its shards' names
     */
    public record Streamed(
            Function<Event, byte[]> encoder,
            Function<byte[], Event> decoder,
            Function<String, Pseudonym> pseudonyms,
            String eventsStream) {}

    /**
     * Creates the flow over its ports.
     *
     * @param lake how often the files of the lake are rewritten; empty without a lake
     * @param erasureIds returns a new id at each call
     */
    public ErasureFlow(
            UserStores stores,
            Quarantine quarantine,
            EventLog events,
            Streamed streamed,
            RetentionPolicy retention,
            Optional<LakePurge> lake,
            InstantSource clock,
            Supplier<String> erasureIds) {
        this.stores = stores;
        this.users = stores.users();
        this.quarantine = quarantine;
        this.earlier = new EarlierErasure(stores);
        this.records = new ErasureRecords(events, streamed.encoder());
        this.streamed = streamed;
        this.retention = retention;
        this.lake = lake;
        this.clock = clock;
        this.erasureIds = erasureIds;
    }

    /**
     * Erases the user with this id, whether or not anything is stored under it.
     *
     * @param deadline no further page of rows and no further object of the quarantine is begun from
     *     here on; the erasures are put into the stream in any case
     * @return the receipt; within {@link #LEAST_INTERVAL} of an earlier erasure the receipt of that
     *     one, if it has been processed and nothing was stored since, or else {@link
     *     ErasureResult.Deferred}
     * @throws StoreUnavailableException if a store failed: the call is to be repeated
     */
    public ErasureResult erase(String id, Instant deadline) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        UserProfile seen = users.get(id);
        Tombstone latest = seen.tombstone();
        if (latest != null && EarlierErasure.isRecent(latest, now)) {
            return recent(seen, latest, now);
        }
        String erasureId = erasureIds.get();
        removeFromOwner(seen);
        Tombstone stored = putTombstone(seen, erasureId, now);
        return stored.erasureId().equals(erasureId)
                ? erase(id, stored, seen.hasData() ? 1 : 0, deadline)
                : ErasureResult.Deferred.behind(stored, now);
    }

    private ErasureReceipt erase(String id, Tombstone stored, int ownProfile, Instant deadline) {
        int profiles = ownProfile;
        for (String alias : stored.aliases()) {
            profiles += putAliasTombstone(alias, stored) ? 1 : 0;
        }
        List<String> ids = new ArrayList<>(List.of(id));
        ids.addAll(stored.aliases());

        int removedRows = 0;
        boolean allRows = true;
        for (String each : ids) {
            UserStores.Removed removed =
                    stores.remove(each, stored, soFar -> clock.instant().isBefore(deadline));
            removedRows += removed.rows();
            allRows &= removed.complete();
        }
        EntryErasure entries =
                new EntryErasure(
                        Set.copyOf(ids),
                        ids.stream().map(streamed.pseudonyms()).collect(Collectors.toSet()),
                        streamed);
        Quarantine.Erased erased =
                quarantine.erase(
                        entries, () -> clock.instant().isBefore(deadline), stored.erasedAt());
        return receipt(stored, profiles, removedRows, allRows, erased, records.put(id, stored));
    }

    private ErasureReceipt receipt(
            Tombstone tombstone,
            int profiles,
            int rows,
            boolean allRows,
            Quarantine.Erased erased,
            int erasures) {
        return new ErasureReceipt(
                tombstone.erasureId(),
                tombstone.erasedAt(),
                tombstone.aliases().size(),
                profiles,
                rows,
                allRows,
                erased,
                erasures,
                RemainingCopies.after(tombstone.erasedAt(), retention, lake));
    }

    /**
     * Returns the receipt of a recent erasure that is still in force. The quarantine is not
     * searched again, so the receipt does not say that it is complete.
     */
    private ErasureResult recent(UserProfile seen, Tombstone tombstone, Instant now) {
        return earlier.isInForce(seen)
                ? receipt(tombstone, 0, 0, true, new Quarantine.Erased(0, 0, false), 0)
                : ErasureResult.Deferred.behind(tombstone, now);
    }

    /** Removes the id from the aliases of its user, if it is erased as an alias on its own. */
    private void removeFromOwner(UserProfile alias) {
        String owner = alias.aliasOf();
        if (owner != null) {
            ProfileWrite.apply(
                    users,
                    users.get(owner),
                    profile ->
                            profile.withAliases(
                                    profile.aliases().stream()
                                            .filter(other -> !other.equals(alias.userId()))
                                            .toList()));
        }
    }

    /**
     * Replaces a profile by a tombstone that lists the profile's aliases and the unfinished ones of
     * an earlier erasure. The tombstone of a recent erasure that was written meanwhile stays.
     *
     * @return the tombstone that is stored
     */
    private Tombstone putTombstone(UserProfile seen, String erasureId, Instant now) {
        Set<String> unfinished = earlier.unfinishedAliases(seen.tombstone());
        UserProfile current =
                ProfileWrite.apply(
                        users,
                        seen,
                        profile ->
                                profile.tombstone() != null
                                                && EarlierErasure.isRecent(profile.tombstone(), now)
                                        ? profile
                                        : profile.erased(
                                                new Tombstone(
                                                        erasureId,
                                                        now,
                                                        aliases(profile, unfinished),
                                                        null)));
        return Objects.requireNonNull(current.tombstone());
    }

    private static List<String> aliases(UserProfile profile, Set<String> unfinished) {
        Set<String> all = new LinkedHashSet<>(profile.aliases());
        all.addAll(unfinished);
        return all.stream().limit(UserProfile.MAX_ALIASES).toList();
    }

    /** Replaces the profile of an alias by a tombstone; returns whether it held data. */
    private boolean putAliasTombstone(String alias, Tombstone of) {
        UserProfile seen = users.get(alias);
        ProfileWrite.apply(
                users,
                seen,
                profile ->
                        profile.erased(
                                new Tombstone(of.erasureId(), of.erasedAt(), List.of(), null)));
        return seen.hasData();
    }

    /**
     * Puts the records of an erasure into {@code events}: one for the id, and two for each alias.
     *
     * @param encoder returns the bytes of a record
     */
    record ErasureRecords(EventLog events, Function<Event, byte[]> encoder) {
        /**
         * Puts the records in this order: under each alias an erasure of the user's basket, since a
         * merge may be in flight there; under each alias its own erasure; last the erasure of the
         * id itself. Where the last one has been processed, all of them are in the stream.
         *
         * @return how many were put
         * @throws dev.freshet.store.StoreUnavailableException if the stream did not acknowledge one
         */
        int put(String id, Tombstone tombstone) {
            List<String> aliases = tombstone.aliases();
            put(aliases.stream().map(alias -> erasure(alias, id, tombstone)).toList());
            put(aliases.stream().map(alias -> erasure(alias, alias, tombstone)).toList());
            put(List.of(erasure(id, id, tombstone)));
            return 2 * aliases.size() + 1;
        }

        private void put(List<Event> some) {
            events.putAll(
                    some.stream()
                            .map(
                                    event ->
                                            new EventLog.Entry(
                                                    event.partitionKey(), encoder.apply(event)))
                            .toList());
        }

        private static Event erasure(String partitionId, String erasedId, Tombstone tombstone) {
            return new Event.Erasure(
                    EventHeader.of(
                            tombstone.erasureId(),
                            UserIdentity.anonymous(partitionId),
                            tombstone.erasedAt()),
                    erasedId);
        }
    }

    /** Finds out what an earlier erasure of an id leaves to a further one. */
    record EarlierErasure(UserStores stores) {
        /** Returns whether the erasure is too recent for another one of the same id to begin. */
        static boolean isRecent(Tombstone tombstone, Instant now) {
            return now.isBefore(tombstone.erasedAt().plus(ErasureFlow.LEAST_INTERVAL));
        }

        /**
         * Returns whether the erasure that a profile's tombstone records was processed, and nothing
         * was stored under the id since. Its record is put last, so that all others are in the
         * stream.
         */
        boolean isInForce(UserProfile profile) {
            Tombstone tombstone = profile.tombstone();
            return tombstone != null
                    && tombstone.appliedPosition() != null
                    && !profile.hasData()
                    && !stores.exist(profile.userId());
        }

        /**
         * Returns the aliases under which the erasure has not been processed yet, because a store
         * failed before its records were put or because they are still in the stream. The others
         * are no longer aliases of the user, and may have become those of another one.
         */
        Set<String> unfinishedAliases(@Nullable Tombstone tombstone) {
            Set<String> unfinished = new LinkedHashSet<>();
            if (tombstone != null) {
                for (String alias : tombstone.aliases()) {
                    if (!isFinished(stores.users().get(alias).tombstone(), tombstone)) {
                        unfinished.add(alias);
                    }
                }
            }
            return unfinished;
        }

        private static boolean isFinished(@Nullable Tombstone ofAlias, Tombstone erasure) {
            if (ofAlias == null || ofAlias.erasedAt().isBefore(erasure.erasedAt())) {
                return false;
            }
            return !ofAlias.erasureId().equals(erasure.erasureId())
                    || ofAlias.appliedPosition() != null;
        }
    }

    /** Lists what remains of a user after a call to erase, and until when at the latest. */
    static final class RemainingCopies {
        /**
         * Longest time from a version to the next compaction ({@link
         * dev.freshet.training.Compaction.Settings#oldest}).
         */
        private static final Duration SNAPSHOT = Duration.ofDays(1);

        /**
         * Longest time from the expiry of a row of the model log to the removal of its object
         * ({@code Compaction.BETWEEN_SWEEPS}).
         */
        private static final Duration SWEEP = Duration.ofHours(1);

        private RemainingCopies() {}

        /**
         * Returns what remains. The times hold if training follows within minutes, which alarms
         * monitor, and if no night of the lake fails.
         *
         * @param lake how often the files of the lake are rewritten; empty without a lake
         */
        static List<Remainder> after(
                Instant erasedAt, RetentionPolicy retention, Optional<LakePurge> lake) {
            Instant streams = erasedAt.plus(RetentionPolicy.STREAMS);
            Instant snapshot = erasedAt.plus(SNAPSHOT);
            Instant log = snapshot.plus(retention.period(RetentionPolicy.Kind.MODEL)).plus(SWEEP);
            List<Remainder> all = new ArrayList<>();
            all.add(new Remainder(Place.EVENTS_STREAM, streams));
            all.add(new Remainder(Place.EXAMPLES_STREAM, streams));
            all.add(new Remainder(Place.MODEL, snapshot));
            all.add(new Remainder(Place.MODEL_LOG, log));
            all.add(new Remainder(Place.TOMBSTONE, erasedAt.plus(retention.tombstones())));
            Duration recovery = retention.period(RetentionPolicy.Kind.RECOVERY);
            if (recovery.isPositive()) {
                all.add(new Remainder(Place.BACKUPS, erasedAt.plus(recovery)));
            }
            Duration bulk = retention.period(RetentionPolicy.Kind.BULK);
            if (bulk.isPositive()) {
                all.add(new Remainder(Place.BULK_LISTS, erasedAt.plus(bulk)));
            }
            lake.map(purge -> LakeErasures.promised(purge, erasedAt))
                    .ifPresent(until -> all.add(new Remainder(Place.LAKE, until)));
            return all;
        }
    }
}

package dev.freshet.privacy;

import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.UserIdentity;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.Interactions;
import dev.freshet.features.StoredInteraction;
import dev.freshet.ingest.EventLog;
import dev.freshet.profile.ProfileWrite;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.quarantine.Quarantine;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.store.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 */
public final class ErasureFlow {
    private final Interactions interactions;
    private final Users users;
    private final Quarantine quarantine;
    private final EventLog events;
    private final Codec codec;
    private final Function<String, Pseudonym> pseudonyms;
    private final String eventsStream;
    private final RetentionPolicy retention;
    private final InstantSource clock;
    private final Supplier<String> erasureIds;

    /**
     * The binary form of events.
     *
     * @param encoder returns the bytes of an event
     * @param decoder any exception means that the bytes cannot be read
     */
    public record Codec(Function<Event, byte[]> encoder, Function<byte[], Event> decoder) {}

    /**
     * Creates the flow over its ports.
     *
     * @param pseudonyms returns the pseudonym of an id
     * @param eventsStream the name of the stream of events, the prefix of its shards' names
     * @param erasureIds returns a new id at each call
     */
    public ErasureFlow(
            Interactions interactions,
            Users users,
            Quarantine quarantine,
            EventLog events,
            Codec codec,
            Function<String, Pseudonym> pseudonyms,
            String eventsStream,
            RetentionPolicy retention,
            InstantSource clock,
            Supplier<String> erasureIds) {
        this.interactions = interactions;
        this.users = users;
        this.quarantine = quarantine;
        this.events = events;
        this.codec = codec;
        this.pseudonyms = pseudonyms;
        this.eventsStream = eventsStream;
        this.retention = retention;
        this.clock = clock;
        this.erasureIds = erasureIds;
    }

    /**
     * Erases the user with this id, whether or not anything is stored under it.
     *
     * @param deadline no further page of rows and no further object of the quarantine is begun from
     *     here on; the erasures are put into the stream in any case
     * @throws StoreUnavailableException if a store failed: the call is to be repeated
     */
    public ErasureReceipt erase(String id, Instant deadline) {
        Tombstone tombstone =
                new Tombstone(
                        erasureIds.get(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        List.of(),
                        null);
        int[] profiles = {0};
        removeFromOwner(id);
        Tombstone stored = putTombstone(id, tombstone, true, profiles);
        for (String alias : stored.aliases()) {
            putTombstone(alias, tombstone, false, profiles);
        }
        List<String> ids = new ArrayList<>(List.of(id));
        ids.addAll(stored.aliases());

        int[] rows = {0};
        boolean allRows = true;
        for (String each : ids) {
            allRows &= removeRows(each, tombstone, deadline, rows);
        }
        EntryErasure entries =
                new EntryErasure(
                        Set.copyOf(ids),
                        ids.stream().map(pseudonyms).collect(Collectors.toSet()),
                        eventsStream,
                        codec.decoder());
        Quarantine.Erased erased =
                quarantine.erase(
                        entries, () -> clock.instant().isBefore(deadline), tombstone.erasedAt());
        return new ErasureReceipt(
                tombstone.erasureId(),
                tombstone.erasedAt(),
                stored.aliases().size(),
                profiles[0],
                rows[0],
                allRows,
                erased,
                put(id, stored),
                RemainingCopies.after(tombstone.erasedAt(), retention));
    }

    /** Removes the id from the aliases of its user, if it is erased as an alias on its own. */
    private void removeFromOwner(String id) {
        String owner = users.get(id).aliasOf();
        if (owner != null) {
            ProfileWrite.apply(
                    users,
                    users.get(owner),
                    profile ->
                            profile.withAliases(
                                    profile.aliases().stream()
                                            .filter(alias -> !alias.equals(id))
                                            .toList()));
        }
    }

    /**
     * Replaces a profile by a tombstone.
     *
     * @param withAliases whether the tombstone lists the aliases: those of the profile, and those
     *     of an earlier erasure, some of whose rows may be left
     */
    private Tombstone putTombstone(String id, Tombstone of, boolean withAliases, int[] profiles) {
        UserProfile seen = users.get(id);
        if (seen.hasData()) {
            profiles[0]++;
        }
        UserProfile current =
                ProfileWrite.apply(
                        users,
                        seen,
                        profile ->
                                profile.erased(
                                        new Tombstone(
                                                of.erasureId(),
                                                of.erasedAt(),
                                                withAliases ? aliases(profile) : List.of(),
                                                null)));
        return Objects.requireNonNull(current.tombstone());
    }

    private static List<String> aliases(UserProfile profile) {
        Set<String> all = new LinkedHashSet<>(profile.aliases());
        if (profile.tombstone() != null) {
            all.addAll(profile.tombstone().aliases());
        }
        return all.stream().limit(UserProfile.MAX_ALIASES).toList();
    }

    /** Removes the rows that the tombstone covers; returns false if the deadline came first. */
    private boolean removeRows(String id, Tombstone tombstone, Instant deadline, int[] removed) {
        @Nullable String after = null;
        do {
            if (!clock.instant().isBefore(deadline)) {
                return false;
            }
            Interactions.Page page = interactions.page(id, after, Interactions.MAX_PAGE);
            List<StoredInteraction> covered =
                    page.rows().stream().filter(row -> tombstone.covers(row.receivedAt())).toList();
            removed[0] += interactions.remove(covered);
            after = page.next();
        } while (after != null);
        return true;
    }

    /**
     * Puts the erasures into the stream. Under each alias first an erasure of the user's basket,
     * since a merge may be in flight there; then each id's own: a mark that has passed the own one
     * has passed both.
     */
    private int put(String id, Tombstone tombstone) {
        List<Event> aliasErasures = new ArrayList<>();
        List<Event> ownErasures = new ArrayList<>(List.of(erasure(id, id, tombstone)));
        for (String alias : tombstone.aliases()) {
            aliasErasures.add(erasure(alias, id, tombstone));
            ownErasures.add(erasure(alias, alias, tombstone));
        }
        for (List<Event> some : List.of(aliasErasures, ownErasures)) {
            events.putAll(
                    some.stream()
                            .map(
                                    event ->
                                            new EventLog.Entry(
                                                    event.partitionKey(),
                                                    codec.encoder().apply(event)))
                            .toList());
        }
        return aliasErasures.size() + ownErasures.size();
    }

    private static Event erasure(String partitionId, String erasedId, Tombstone tombstone) {
        return new Event.Erasure(
                new EventHeader(
                        tombstone.erasureId(),
                        UserIdentity.anonymous(partitionId),
                        null,
                        tombstone.erasedAt(),
                        tombstone.erasedAt(),
                        tombstone.erasedAt(),
                        null,
                        Context.UNKNOWN,
                        null,
                        Map.of(),
                        null),
                erasedId);
    }
}

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
 * Erases a person: the id and those that turned out to be the same person.
 *
 * <p>Tombstones first, so that from then on nothing that is on its way is kept; then rows and the
 * quarantine; then one erasure for each id into {@code events}, which takes its turn behind all
 * that the person did ({@link dev.freshet.features.ErasureStep}) and reaches the model. A call that
 * dies half way has done a part; a further one does all of it again, and what has come since with
 * it.
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
     * The form of events as bytes.
     *
     * @param decoder whatever it throws means that the bytes cannot be read
     */
    public record Codec(Function<Event, byte[]> encoder, Function<byte[], Event> decoder) {}

    /**
     * The flow over its ports.
     *
     * @param pseudonyms the model's name of a reader
     * @param eventsStream the name of the stream of events, as it stands in shard names
     * @param erasureIds a new id at each call
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
     * Erases whoever has this id; nobody need be known by it.
     *
     * @param deadline no further page of rows and no further object of the quarantine is begun from
     *     here on; erasures are put all the same
     * @throws StoreUnavailableException when a store failed: to be called again
     */
    public ErasureReceipt erase(String id, Instant deadline) {
        Tombstone tombstone =
                new Tombstone(
                        erasureIds.get(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        List.of(),
                        null);
        int[] profiles = {0};
        leaveOwner(id);
        Tombstone left = entomb(id, tombstone, true, profiles);
        for (String alias : left.aliases()) {
            entomb(alias, tombstone, false, profiles);
        }
        List<String> ids = new ArrayList<>(List.of(id));
        ids.addAll(left.aliases());

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
                left.aliases().size(),
                profiles[0],
                rows[0],
                allRows,
                erased,
                put(id, left),
                RemainingCopies.after(tombstone.erasedAt(), retention));
    }

    /** An alias that is erased by itself is no longer its user's. */
    private void leaveOwner(String id) {
        String owner = users.get(id).aliasOf();
        if (owner != null) {
            ProfileWrite.apply(
                    users,
                    users.get(owner),
                    profile ->
                            profile.knownAs(
                                    profile.aliases().stream()
                                            .filter(alias -> !alias.equals(id))
                                            .toList()));
        }
    }

    /**
     * @param named whether the tombstone names the aliases: those of the profile, and those of an
     *     erasure before, whose rows may not all be gone
     */
    private Tombstone entomb(String id, Tombstone of, boolean named, int[] profiles) {
        UserProfile seen = users.get(id);
        if (seen.saysSomething()) {
            profiles[0]++;
        }
        UserProfile stands =
                ProfileWrite.apply(
                        users,
                        seen,
                        profile ->
                                profile.erased(
                                        new Tombstone(
                                                of.erasureId(),
                                                of.erasedAt(),
                                                named ? aliases(profile) : List.of(),
                                                null)));
        return Objects.requireNonNull(stands.tombstone());
    }

    private static List<String> aliases(UserProfile profile) {
        Set<String> all = new LinkedHashSet<>(profile.aliases());
        if (profile.tombstone() != null) {
            all.addAll(profile.tombstone().aliases());
        }
        return all.stream().limit(UserProfile.MAX_ALIASES).toList();
    }

    /** False where the deadline came first. */
    private boolean removeRows(String id, Tombstone tombstone, Instant deadline, int[] removed) {
        @Nullable String after = null;
        do {
            if (!clock.instant().isBefore(deadline)) {
                return false;
            }
            Interactions.Page page = interactions.page(id, after, Interactions.MAX_PAGE);
            List<StoredInteraction> gone =
                    page.rows().stream().filter(row -> tombstone.covers(row.receivedAt())).toList();
            removed[0] += interactions.remove(gone);
            after = page.next();
        } while (after != null);
        return true;
    }

    /**
     * Behind each alias first the user's basket once more, where a merge may be on its way, then
     * each id's own: a mark that has passed the own one has passed both.
     */
    private int put(String id, Tombstone tombstone) {
        List<Event> behind = new ArrayList<>();
        List<Event> own = new ArrayList<>(List.of(erasure(id, id, tombstone)));
        for (String alias : tombstone.aliases()) {
            behind.add(erasure(alias, id, tombstone));
            own.add(erasure(alias, alias, tombstone));
        }
        for (List<Event> some : List.of(behind, own)) {
            events.putAll(
                    some.stream()
                            .map(
                                    event ->
                                            new EventLog.Entry(
                                                    event.partitionKey(),
                                                    codec.encoder().apply(event)))
                            .toList());
        }
        return behind.size() + own.size();
    }

    private static Event erasure(String under, String erasedId, Tombstone tombstone) {
        return new Event.Erasure(
                new EventHeader(
                        tombstone.erasureId(),
                        UserIdentity.anonymous(under),
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

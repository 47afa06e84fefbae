package dev.freshet.profile;

import dev.freshet.event.Consent;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.UserIdentity;
import dev.freshet.ingest.EventLog;
import dev.freshet.store.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a site says of its users. Attributes and consent are written at once; an alias goes through
 * the {@code events} stream, so that it takes its turn behind what the anonymous reader did before.
 */
public final class ProfileFlow {
    private final Users users;
    private final EventLog events;
    private final Function<Event, byte[]> encoder;
    private final InstantSource clock;
    private final UnaryOperator<String> ids;
    private final Supplier<String> eventIds;

    /**
     * The flow over its ports.
     *
     * @param encoder bytes of the {@code events} stream
     * @param eventIds a new id at each call, for events that no client made
     */
    public ProfileFlow(
            Users users,
            EventLog events,
            Function<Event, byte[]> encoder,
            InstantSource clock,
            Supplier<String> eventIds) {
        this(users, events, encoder, clock, eventIds, UnaryOperator.identity());
    }

    /**
     * The same with persons' ids replaced.
     *
     * @param ids what is kept in place of an id, as {@link dev.freshet.access.IdMask}
     */
    public ProfileFlow(
            Users users,
            EventLog events,
            Function<Event, byte[]> encoder,
            InstantSource clock,
            Supplier<String> eventIds,
            UnaryOperator<String> ids) {
        this.ids = ids;
        this.users = users;
        this.events = events;
        this.encoder = encoder;
        this.clock = clock;
        this.eventIds = eventIds;
    }

    /**
     * The profile; empty when nothing was ever written, or nothing since the user was erased.
     *
     * @throws StoreUnavailableException when the store does not answer
     */
    public Optional<UserProfile> get(String userId) {
        return Optional.of(users.get(ids.apply(userId)))
                .filter(profile -> profile.revision() > 0)
                .filter(profile -> profile.tombstone() == null || profile.saysSomething())
                .map(profile -> profile.as(userId));
    }

    /**
     * Writes what is given and leaves the rest as it is.
     *
     * @param attributes all of them, or null
     * @param consent or null
     * @return the profile as it is now
     * @throws StoreUnavailableException when the store does not answer, or too many write at once
     */
    public UserProfile put(
            String userId, @Nullable Map<String, String> attributes, @Nullable Consent consent) {
        return ProfileWrite.apply(
                        users,
                        users.get(ids.apply(userId)),
                        seen ->
                                seen.saying(
                                        attributes != null ? attributes : seen.attributes(),
                                        consent != null ? consent : seen.consent()))
                .as(userId);
    }

    /**
     * Puts an alias into the stream.
     *
     * @return false when the anonymous id is another user's already
     * @throws IllegalArgumentException when the two ids are the same
     * @throws StoreUnavailableException when the stream did not acknowledge it
     */
    public boolean alias(String anonymousId, String userId) {
        return join(ids.apply(anonymousId), ids.apply(userId));
    }

    private boolean join(String anonymousId, String userId) {
        if (anonymousId.equals(userId)) {
            throw new IllegalArgumentException("an id is no alias of itself");
        }
        String owner = users.get(anonymousId).aliasOf();
        if (owner != null && !owner.equals(userId)) {
            return false;
        }
        Event alias = new Event.Alias(header(anonymousId), anonymousId, userId);
        events.putAll(List.of(new EventLog.Entry(alias.partitionKey(), encoder.apply(alias))));
        return true;
    }

    private EventHeader header(String anonymousId) {
        Instant now = clock.instant();
        return new EventHeader(
                eventIds.get(),
                UserIdentity.anonymous(anonymousId),
                null,
                now,
                now,
                now,
                null,
                Context.UNKNOWN,
                null,
                Map.of(),
                null);
    }
}

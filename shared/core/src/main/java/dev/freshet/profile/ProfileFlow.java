package dev.freshet.profile;

import static dev.freshet.check.Check.require;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.Consent;
import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.UserIdentity;
import dev.freshet.ingest.EventLog;
import dev.freshet.profile.UserProfile.AliasRefusal;
import dev.freshet.profile.Users.ProfileWrite;
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
 * Reads and writes what a site states about its users. Attributes and consent are written at once.
 * An alias is put into the {@code events} stream, so that it is applied after the earlier events of
 * the anonymous id.
 *
 * @param ids maps an id to the one that is stored in its place, as {@link
 *     dev.freshet.access.IdMask} does
 */
public record ProfileFlow(
        Users users,
        EventLog events,
        Function<Event, byte[]> encoder,
        InstantSource clock,
        Supplier<String> eventIds,
        UnaryOperator<String> ids) {
    /**
     * Returns the profile; empty if none was ever written, or none since the user was erased.
     *
     * @throws StoreUnavailableException if the store does not answer
     */
    public Optional<UserProfile> get(String userId) {
        return Optional.of(users.get(ids.apply(userId)))
                .filter(profile -> profile.revision() > 0)
                .filter(profile -> profile.tombstone() == null || profile.hasData())
                .map(profile -> profile.withUserId(userId));
    }

    /**
     * Replaces the given parts of a profile and keeps the others.
     *
     * @param attributes all attributes, or null to keep them
     * @param consent null to keep it
     * @return the profile after the write
     * @throws StoreUnavailableException if the store does not answer, or too many writes conflict
     */
    public UserProfile put(
            String userId,
            @Nullable Map<String, AttributeValue> attributes,
            @Nullable Consent consent) {
        return ProfileWrite.apply(
                        users,
                        users.get(ids.apply(userId)),
                        seen ->
                                seen.with(
                                        new UserProfile.Stated(
                                                attributes != null ? attributes : seen.attributes(),
                                                consent != null ? consent : seen.consent())))
                .withUserId(userId);
    }

    /**
     * Puts an alias into the stream. The link is made when the record is processed, where the rules
     * of {@link AliasRefusal} are applied again, since the profiles may change until then.
     *
     * @return why the link cannot be made, in which case nothing is put; empty if it was put
     * @throws IllegalArgumentException if the two ids are equal
     * @throws StoreUnavailableException if a profile could not be read or the stream did not
     *     acknowledge the record
     */
    public Optional<AliasRefusal> alias(String anonymousId, String userId) {
        return link(ids.apply(anonymousId), ids.apply(userId));
    }

    private Optional<AliasRefusal> link(String anonymousId, String userId) {
        require(!anonymousId.equals(userId), "an id cannot be an alias of itself");
        Optional<AliasRefusal> refusal = AliasRefusal.of(users.get(anonymousId), users.get(userId));
        if (refusal.isEmpty()) {
            Event alias = new Event.Alias(header(anonymousId), anonymousId, userId);
            events.putAll(List.of(new EventLog.Entry(alias.partitionKey(), encoder.apply(alias))));
        }
        return refusal;
    }

    private EventHeader header(String anonymousId) {
        Instant now = clock.instant();
        return EventHeader.of(eventIds.get(), UserIdentity.anonymous(anonymousId), now);
    }
}

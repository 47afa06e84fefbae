package dev.freshet.event;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.SealedExposure;
import dev.freshet.check.Millis;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members that every event has.
 *
 * @param eventId made by the client, immutable, ≤ 128 characters: the dedupe key together with
 *     {@code occurredAt}
 * @param user the user of the event; {@link UserIdentity#id()} is the partition key
 * @param sessionId the client's session, or null
 * @param exposure the token of the list that the event refers to, or null
 * @param consent the consent that the event states, or null if it states none
 * @param properties the site's own members, ≤ 32, stored on the stream only, never in rows
 * @param retryOf the position of the quarantined record of which this is a retry, or null
 * @param trace the trace of the request, or null; for logs only: it changes between resends, so it
 *     is never part of a key or of anything learned
 */
public record EventHeader(
        String eventId,
        UserIdentity user,
        @Nullable String sessionId,
        EventTimes times,
        @Nullable SealedExposure exposure,
        Context context,
        @Nullable Consent consent,
        Map<String, String> properties,
        @Nullable ShardPosition retryOf,
        @Nullable TraceId trace) {
    public EventHeader {
        properties = Map.copyOf(properties);
    }

    /**
     * Returns the header of an event that has nothing but an id, a user and a time, such as one
     * that the system makes itself.
     */
    public static EventHeader of(String eventId, UserIdentity user, Instant at) {
        return new EventHeader(
                eventId,
                user,
                null,
                EventTimes.at(at),
                null,
                Context.UNKNOWN,
                null,
                Map.of(),
                null,
                null);
    }

    public Instant occurredAt() {
        return times.occurredAt();
    }

    public Instant correctedAt() {
        return times.correctedAt();
    }

    public Instant receivedAt() {
        return times.receivedAt();
    }

    /** Returns the list that the event refers to, or null. */
    public @Nullable ExposureToken list() {
        return exposure == null ? null : exposure.list();
    }

    /** Returns a copy that resubmits the quarantined record of a position. */
    public EventHeader retrying(ShardPosition quarantined) {
        return with(exposure, quarantined);
    }

    /** Returns a copy that refers to no list. */
    public EventHeader withoutExposure() {
        return with(null, retryOf);
    }

    private EventHeader with(@Nullable SealedExposure token, @Nullable ShardPosition quarantined) {
        return new EventHeader(
                eventId,
                user,
                sessionId,
                times,
                token,
                context,
                consent,
                properties,
                quarantined,
                trace);
    }

    /**
     * When an event happened, by the clocks of its client and of the collector, to the millisecond.
     *
     * @param occurredAt as sent by the client, never changed; part of the key of its row
     * @param correctedAt {@code occurredAt} corrected for clock skew by {@code sentAt}, for the
     *     model; changes between resends, so never part of a key
     * @param receivedAt the time of arrival, from which retention counts
     */
    public record EventTimes(Instant occurredAt, Instant correctedAt, Instant receivedAt) {
        public EventTimes {
            occurredAt = Millis.of(occurredAt);
            correctedAt = Millis.of(correctedAt);
            receivedAt = Millis.of(receivedAt);
        }

        /** Returns the times of an event that happened and arrived at one moment. */
        public static EventTimes at(Instant time) {
            return new EventTimes(time, time, time);
        }
    }
}

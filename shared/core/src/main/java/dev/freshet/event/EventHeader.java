package dev.freshet.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every event carries, whatever it tells.
 *
 * @param eventId made by the client, immutable, ≤ 128 characters: the dedupe key together with
 *     {@code occurredAt}
 * @param user whom the event is about; {@link UserIdentity#id()} is the partition key
 * @param sessionId the client's session, or null
 * @param occurredAt as the client says, never rewritten; part of the row key
 * @param correctedAt {@code occurredAt} corrected for clock skew by {@code sentAt}; changes between
 *     resends, so never part of a key
 * @param receivedAt when the collector took it; retention counts from here
 * @param exposure the token of the response that the event answers, or null
 * @param consent what the event itself says, or null where it says nothing
 * @param properties free and bounded (≤ 32 entries), kept on the stream only, never in rows
 * @param retryOf the position of the quarantined record that this one brings back, or null
 * @param trace that of the request it came with, for logs alone: changes between resends, so never
 *     part of a key nor of anything learned; or null
 */
public record EventHeader(
        String eventId,
        UserIdentity user,
        @Nullable String sessionId,
        Instant occurredAt,
        Instant correctedAt,
        Instant receivedAt,
        @Nullable String exposure,
        Context context,
        @Nullable Consent consent,
        Map<String, String> properties,
        @Nullable ShardPosition retryOf,
        @Nullable TraceId trace) {
    public EventHeader {
        properties = Map.copyOf(properties);
    }

    /** A header of which no trace is known. */
    public EventHeader(
            String eventId,
            UserIdentity user,
            @Nullable String sessionId,
            Instant occurredAt,
            Instant correctedAt,
            Instant receivedAt,
            @Nullable String exposure,
            Context context,
            @Nullable Consent consent,
            Map<String, String> properties,
            @Nullable ShardPosition retryOf) {
        this(
                eventId,
                user,
                sessionId,
                occurredAt,
                correctedAt,
                receivedAt,
                exposure,
                context,
                consent,
                properties,
                retryOf,
                null);
    }

    /** Returns a copy that resubmits the quarantined record of a position. */
    public EventHeader retrying(ShardPosition quarantined) {
        return new EventHeader(
                eventId,
                user,
                sessionId,
                occurredAt,
                correctedAt,
                receivedAt,
                exposure,
                context,
                consent,
                properties,
                quarantined,
                trace);
    }
}

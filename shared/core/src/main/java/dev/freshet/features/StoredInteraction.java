package dev.freshet.features;

import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of the Interactions table: one event of one reader. Never rewritten.
 *
 * @param readerId the id as sent; the partition key
 * @param occurredAt as the client said; with {@code eventId} the sort key
 * @param correctedAt the model's time
 * @param strength what the event is worth, negative for dislike and hide, 0 for an impression
 * @param stars of a rating, 0.5 to 5; 0 where nobody rated
 * @param retracts the event id undone, or null
 * @param receivedAt retention counts from here
 * @param owner the record that wrote the row: tells a redelivery (same owner) from a duplicate
 *     (another)
 */
public record StoredInteraction(
        String readerId,
        String eventId,
        Instant occurredAt,
        Instant correctedAt,
        Instant receivedAt,
        EventType type,
        Target target,
        double strength,
        double stars,
        @Nullable String sessionId,
        Context context,
        @Nullable String retracts,
        ShardPosition owner) {
    /** A row of no rating. */
    public StoredInteraction(
            String readerId,
            String eventId,
            Instant occurredAt,
            Instant correctedAt,
            Instant receivedAt,
            EventType type,
            Target target,
            double strength,
            @Nullable String sessionId,
            Context context,
            @Nullable String retracts,
            ShardPosition owner) {
        this(
                readerId,
                eventId,
                occurredAt,
                correctedAt,
                receivedAt,
                type,
                target,
                strength,
                0,
                sessionId,
                context,
                retracts,
                owner);
    }
}

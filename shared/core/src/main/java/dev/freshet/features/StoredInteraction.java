package dev.freshet.features;

import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Target;
import dev.freshet.event.Value;
import dev.freshet.example.ListCredit;
import java.time.Instant;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One row of the Interactions table: one event of one user. Never rewritten.
 *
 * @param userId the user id or anonymous id of the event; the partition key
 * @param occurredAt as sent by the client; the sort key, together with {@code eventId}
 * @param correctedAt event time for the model, after correction of the client's clock
 * @param strength weight of the event, negative for dislike and hide, 0 for an impression
 * @param value of the event in the unit of its type: stars, seconds, percent or the number of an
 *     owner's type; 0 for an event without a value, and for an amount of money, which is not stored
 * @param retracts the id of the retracted event, or null
 * @param receivedAt start of the retention period
 * @param owner the record that wrote the row: distinguishes a redelivery (same owner) from a
 *     duplicate (another owner)
 * @param credit the outcome that the event is for a list, as it is repeated by a redelivery and
 *     taken back by a retraction; null for any other event
 * @param properties those that {@link KeptProperties} keep, by name
 */
public record StoredInteraction(
        String userId,
        String eventId,
        Instant occurredAt,
        Instant correctedAt,
        Instant receivedAt,
        EventType type,
        Target target,
        double strength,
        double value,
        @Nullable String sessionId,
        Context context,
        @Nullable String retracts,
        ShardPosition owner,
        @Nullable ListCredit credit,
        Map<String, String> properties) {
    public StoredInteraction {
        properties = Map.copyOf(properties);
    }

    /** Creates a row of an event without a value. */
    public StoredInteraction(
            String userId,
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
                userId,
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
                owner,
                null,
                Map.of());
    }

    /**
     * Returns the row of an interaction.
     *
     * @param strengths returns the strength of an event by its type and value
     */
    public static StoredInteraction of(
            Event.Interaction interaction,
            ToDoubleBiFunction<EventType, Value> strengths,
            StreamRecord record) {
        return of(
                interaction,
                interaction.type(),
                interaction.target(),
                strengths.applyAsDouble(interaction.type(), interaction.value()),
                Value.magnitude(interaction.value()),
                null,
                record);
    }

    /** Returns the row of a retraction, whose strength is 0. */
    public static StoredInteraction of(Event.Retraction retraction, StreamRecord record) {
        return of(
                retraction,
                retraction.type(),
                retraction.target(),
                0,
                0,
                retraction.retracts(),
                record);
    }

    static StoredInteraction of(
            Event event,
            EventType type,
            Target target,
            double strength,
            double value,
            @Nullable String retracts,
            StreamRecord record) {
        EventHeader header = event.header();
        return new StoredInteraction(
                record.partitionKey(),
                header.eventId(),
                header.occurredAt(),
                header.correctedAt(),
                header.receivedAt(),
                type,
                target,
                strength,
                value,
                header.sessionId(),
                header.context(),
                retracts,
                record.position(),
                null,
                Map.of());
    }

    /** Returns the stars of a rating, 0.5 to 5; 0 where the event is no rating. */
    public double stars() {
        return type.valueKind() == EventType.ValueKind.STARS ? value : 0;
    }

    /** Returns a copy with the outcome that it is for a list. */
    public StoredInteraction credited(@Nullable ListCredit outcome) {
        return new StoredInteraction(
                userId,
                eventId,
                occurredAt,
                correctedAt,
                receivedAt,
                type,
                target,
                strength,
                value,
                sessionId,
                context,
                retracts,
                owner,
                outcome,
                properties);
    }

    /** Returns a copy with these properties. */
    public StoredInteraction withProperties(Map<String, String> kept) {
        return new StoredInteraction(
                userId,
                eventId,
                occurredAt,
                correctedAt,
                receivedAt,
                type,
                target,
                strength,
                value,
                sessionId,
                context,
                retracts,
                owner,
                credit,
                kept);
    }
}

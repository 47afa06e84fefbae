package dev.freshet.features;

import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventHeader.EventTimes;
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
 * @param times the time as sent is the sort key, together with {@code eventId}; retention begins
 *     with the arrival
 * @param context without the URLs of pages, which are long and may carry personal data; the stream
 *     still has them
 * @param owner the record that wrote the row: distinguishes a redelivery (same owner) from a
 *     duplicate (another owner)
 * @param credit the outcome that the event is for a list, as it is repeated by a redelivery and
 *     taken back by a retraction; null for any other event
 * @param properties those that {@link KeptProperties} keep, by name
 */
public record StoredInteraction(
        String userId,
        String eventId,
        EventTimes times,
        Act act,
        @Nullable String sessionId,
        Context context,
        ShardPosition owner,
        @Nullable ListCredit credit,
        Map<String, String> properties)
        implements UserRows.Row {
    /**
     * What the user did.
     *
     * @param strength weight of the event, negative for dislike and hide, 0 for an impression
     * @param value of the event in the unit of its type: stars, seconds, percent or the number of
     *     an owner's type; 0 for an event without a value, and for an amount of money, which is not
     *     stored
     * @param retracts the id of the retracted event, or null
     */
    public record Act(
            EventType type,
            Target target,
            double strength,
            double value,
            @Nullable String retracts) {}

    public StoredInteraction {
        context = context.stored();
        properties = Map.copyOf(properties);
    }

    /** Returns the row of an interaction, without properties and without a credit. */
    public static StoredInteraction of(
            Event.Interaction interaction,
            ToDoubleBiFunction<EventType, Value> strengths,
            StreamRecord record) {
        EventType type = interaction.type();
        Value value = interaction.value();
        double strength = strengths.applyAsDouble(type, value);
        return of(
                interaction.header(),
                new Act(type, interaction.target(), strength, value.magnitude(), null),
                record);
    }

    /** Returns the row of a retraction. */
    public static StoredInteraction of(Event.Retraction undone, StreamRecord record) {
        return of(
                undone.header(),
                new Act(undone.type(), undone.target(), 0, 0, undone.retracts()),
                record);
    }

    private static StoredInteraction of(EventHeader header, Act act, StreamRecord record) {
        return new StoredInteraction(
                record.partitionKey(),
                header.eventId(),
                header.times(),
                act,
                header.sessionId(),
                header.context(),
                record.position(),
                null,
                Map.of());
    }

    public Instant occurredAt() {
        return times.occurredAt();
    }

    public Instant correctedAt() {
        return times.correctedAt();
    }

    @Override
    public Instant receivedAt() {
        return times.receivedAt();
    }

    public EventType type() {
        return act.type;
    }

    public Target target() {
        return act.target;
    }

    public double strength() {
        return act.strength;
    }

    public double value() {
        return act.value;
    }

    public @Nullable String retracts() {
        return act.retracts;
    }

    /** Returns the stars of a rating, 0.5 to 5; 0 where the event is no rating. */
    public double stars() {
        return act.type.valueKind() == EventType.ValueKind.STARS ? act.value : 0;
    }

    /** Returns the same row with an outcome that the event is for a list. */
    public StoredInteraction credited(@Nullable ListCredit outcome) {
        return new StoredInteraction(
                userId, eventId, times, act, sessionId, context, owner, outcome, properties);
    }

    /** Returns the same row with properties of its event. */
    public StoredInteraction withProperties(Map<String, String> kept) {
        return new StoredInteraction(
                userId, eventId, times, act, sessionId, context, owner, credit, kept);
    }
}

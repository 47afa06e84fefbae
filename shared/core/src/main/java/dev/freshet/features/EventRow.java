package dev.freshet.features;

import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventType;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Target;
import dev.freshet.event.Value;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Creates the rows of events: under the id of the event's user, owned by the record that carried
 * the event.
 */
public final class EventRow {
    private EventRow() {}

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
                interaction.value().magnitude(),
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
}

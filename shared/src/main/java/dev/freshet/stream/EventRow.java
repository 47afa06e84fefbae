package dev.freshet.stream;

import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.feature.StoredInteraction;
import org.jspecify.annotations.Nullable;

/** The row of an event: under the reader's id as sent, owned by the record that carried it. */
final class EventRow {
    private EventRow() {}

    static StoredInteraction of(
            Event event,
            EventType type,
            Target target,
            double strength,
            double stars,
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
                stars,
                header.sessionId(),
                header.context(),
                retracts,
                record.position());
    }
}

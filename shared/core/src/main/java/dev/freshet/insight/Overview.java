package dev.freshet.insight;

import dev.freshet.event.EventType;
import dev.freshet.model.outcome.OutcomeSums;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a stack is doing.
 *
 * @param modelVersion the version of the model that answered
 * @param madeAt when that version was made
 * @param newestEvent the latest event time that the model has learned
 * @param items the number of items that the model knows
 * @param beyondBounds items and events that did not fit into the model since it began
 * @param events by type, learned since the model began
 * @param perMinute events a minute, where this process has been asked long enough to know
 * @param samples the events learned by time, oldest first
 * @param days what became of the lists of all placements, by day, newest first; at most the open
 *     days of the model
 * @param hourFrom the begin of the hour of event time that {@code mostRead} is of
 * @param mostRead the items with the most users in that hour
 * @param flow what is measured of the flows, where something is
 * @param checks what was checked; those that are not well first
 */
public record Overview(
        long modelVersion,
        Instant madeAt,
        Instant newestEvent,
        int items,
        long beyondBounds,
        Map<EventType, Long> events,
        OptionalDouble perMinute,
        List<LearningPace.Sample> samples,
        List<Day> days,
        Instant hourFrom,
        List<ReadItem> mostRead,
        Optional<Flow> flow,
        List<HealthCheck> checks) {
    /** What became of the lists of one day. */
    public record Day(LocalDate day, OutcomeSums sums) {}

    /**
     * An item and the users who took it.
     *
     * @param title as in the catalogue; may be empty
     * @param users in the hour
     * @param usersBefore in the hour before
     */
    public record ReadItem(String itemId, String title, long users, long usersBefore) {}

    public Overview {
        events = Map.copyOf(events);
        samples = List.copyOf(samples);
        days = List.copyOf(days);
        mostRead = List.copyOf(mostRead);
        checks = List.copyOf(checks);
    }
}

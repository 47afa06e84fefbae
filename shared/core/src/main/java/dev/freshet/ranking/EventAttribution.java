package dev.freshet.ranking;

import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.model.signal.Attribution;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of the user's own events and its effect on an item: how much lower the item's score would be
 * without the event, everything else unchanged.
 *
 * @param eventId of the stored row; null for an action that only the request reports
 * @param target the item interacted with, or the author or tag followed
 * @param at when, corrected for the skew of the sender's clock
 * @param lift loss of score without the event, in log odds, greater than 0
 * @param part the event's share in the sum of the lifts of all events, greater than 0, at most 1
 */
public record EventAttribution(
        @Nullable String eventId,
        EventType type,
        Target target,
        Instant at,
        double lift,
        double part) {
    static EventAttribution of(Attribution.Moved moved) {
        return new EventAttribution(
                moved.action().eventId(),
                moved.action().type(),
                moved.action().target(),
                moved.action().at(),
                moved.lift(),
                moved.part());
    }
}

package dev.freshet.ranking;

import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.model.signal.Attribution;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of the reader's own events, and how much it moved an item: what the item's score would lose
 * had this event not been, all else as it is.
 *
 * @param eventId of the stored row; null for what only the request tells
 * @param target the item met, or the author or tag followed
 * @param at when, corrected for the skew of the sender's clock
 * @param lift what would be lost, in log odds, over 0
 * @param part of what all the reader's events lift, each by itself; over 0 to 1
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

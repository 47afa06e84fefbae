package dev.freshet.bench.baseline;

import dev.freshet.event.EventType;
import java.time.Instant;

/**
 * One event of a data set, with people and items as dense numbers: each is numbered from 0 in the
 * order of first occurrence in the stream, so the items that occurred before an event are exactly
 * those with lower numbers than any new one.
 *
 * @param person number of the person, from 0
 * @param item number of the item, from 0
 * @param type event type
 * @param at time of the event
 * @param session number of the session in the order of the stream, from 0, or {@value #NO_SESSION}
 * @param first whether it is the person's first interaction with the item
 */
public record FirstInteraction(
        int person, int item, EventType type, Instant at, int session, boolean first) {
    public static final int NO_SESSION = -1;

    public FirstInteraction {
        if (person < 0 || item < 0 || session < NO_SESSION) {
            throw new IllegalArgumentException(
                    "people, items and sessions must be numbered from 0");
        }
    }

    /** Returns the interaction under other numbers of the person and the item. */
    public FirstInteraction numbered(int otherPerson, int otherItem, boolean isFirst) {
        return new FirstInteraction(otherPerson, otherItem, type, at, session, isFirst);
    }

    /** Returns the interaction at another time. */
    public FirstInteraction at(Instant other) {
        return new FirstInteraction(person, item, type, other, session, first);
    }

    /**
     * Returns whether methods that learn from binary feedback learn the interaction: all except
     * impressions and negative feedback.
     */
    public boolean showsInterest() {
        return switch (type) {
            case IMPRESSION, DISLIKE, HIDE -> false;
            default -> true;
        };
    }
}

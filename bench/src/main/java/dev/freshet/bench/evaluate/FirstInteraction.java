package dev.freshet.bench.evaluate;

import dev.freshet.event.EventType;
import java.time.Instant;

/**
 * One event of a data set, with people and items as dense numbers: each is numbered from 0 in the
 * order in which the stream first tells of it, so that the items met before an event are exactly
 * those with a lower number than any not yet met.
 *
 * @param person from 0
 * @param item from 0
 * @param type what was done
 * @param strength what it is worth by the table of strengths; negative for "does not want it"
 * @param at the event's time
 * @param session from 0 in the order of the stream, or {@value #NO_SESSION}
 * @param first whether the person never met the item before
 */
public record FirstInteraction(
        int person,
        int item,
        EventType type,
        double strength,
        Instant at,
        int session,
        boolean first) {
    public static final int NO_SESSION = -1;

    public FirstInteraction {
        if (person < 0 || item < 0 || session < NO_SESSION) {
            throw new IllegalArgumentException("people, items and sessions are numbered from 0");
        }
    }
}

package dev.freshet.query;

import dev.freshet.event.EventType;
import java.time.Instant;

/**
 * A recent interaction that the request carries because it may not have been ingested yet.
 *
 * @param sign what it says about the user: 1 for interest, −1 for aversion, 0 for neither
 */
public record SessionItem(String itemId, EventType type, int sign, Instant at) {
    /** Creates an item of a session with the sign of a type of the product. */
    public SessionItem(String itemId, EventType type, Instant at) {
        this(itemId, type, type.sign(), at);
    }
}

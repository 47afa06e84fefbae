package dev.freshet.event;

import java.time.Instant;

/**
 * When an event happened, by the clocks of its client and of the collector.
 *
 * @param occurredAt as sent by the client, never changed; part of the key of its row
 * @param correctedAt {@code occurredAt} corrected for clock skew by {@code sentAt}, for the model;
 *     changes between resends, so never part of a key
 * @param receivedAt the time of arrival, from which retention counts
 */
public record EventTimes(Instant occurredAt, Instant correctedAt, Instant receivedAt) {
    /** Returns the times of an event that happened and arrived at one moment. */
    public static EventTimes at(Instant time) {
        return new EventTimes(time, time, time);
    }
}

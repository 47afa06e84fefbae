package dev.freshet.features;

import dev.freshet.event.ShardPosition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Port: the table of interactions. Every method may throw {@link
 * dev.freshet.store.StoreUnavailableException}.
 */
public interface Interactions extends UserRows<StoredInteraction> {
    /** The result of a put. */
    enum Put {
        /** The row was absent, or owned by {@code retryOf}, and is now this one. */
        STORED,
        /** The row was stored already by this record (shard and sequence number): a redelivery. */
        SAME_RECORD,
        /** The row was stored already by another record: a producer's duplicate. */
        OTHER_RECORD
    }

    /**
     * Stores a row if absent. A row past its TTL that is not removed yet counts as present.
     *
     * @param retryOf the position of a quarantined record whose row may be taken over, or null
     */
    Put putIfAbsent(StoredInteraction row, @Nullable ShardPosition retryOf);

    /**
     * Returns the latest rows of these ids, newest first by {@code correctedAt}, without expired
     * ones.
     *
     * @param userIds a user's id and its aliases, ≤ 12
     * @param limit rows in all, ≤ 1,000
     */
    List<StoredInteraction> latest(List<String> userIds, int limit);

    /**
     * Returns the row of an event, then the rows of its retractions that claim to be no older, by a
     * consistent read. Empty if the event is not among the user's latest 1,000 rows.
     */
    List<StoredInteraction> withRetractions(String userId, String eventId);

    /**
     * A place in the rows of any id, ordered by the time that the client sent and the event's id.
     *
     * @param occurredAt in whole milliseconds
     */
    record Position(Instant occurredAt, String eventId) implements Comparable<Position> {
        public static Position of(StoredInteraction row) {
            return new Position(row.occurredAt(), row.eventId());
        }

        @Override
        public int compareTo(Position other) {
            int byTime = occurredAt.compareTo(other.occurredAt);
            return byTime != 0 ? byTime : eventId.compareTo(other.eventId);
        }
    }

    /**
     * Returns rows of an id, newest first by {@code occurredAt}, without expired ones.
     *
     * @param before only rows before this place, or null to begin with the newest
     * @param limit rows, ≤ {@value #MAX_PAGE}; fewer are returned only where there are no more
     */
    List<StoredInteraction> newest(String userId, @Nullable Position before, int limit);
}

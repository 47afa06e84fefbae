package dev.freshet.features;

import dev.freshet.event.ShardPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Port: the rows of what readers did. Every method may throw {@link
 * dev.freshet.store.StoreUnavailableException}.
 */
public interface Interactions {
    /** Whose row stands under the key after a put. */
    enum Put {
        /** The row was absent, or owned by {@code retryOf}, and is now this one. */
        STORED,
        /** The row was there, put by this very (shard, sequence number): a redelivery. */
        OWN,
        /** The row was there, put by another record: a producer's duplicate. */
        OTHERS
    }

    /**
     * Puts a row if absent. A row whose TTL has passed but which is still there counts as there.
     *
     * @param retryOf the position of a quarantined record whose row may be taken over, or null
     */
    Put putIfAbsent(StoredInteraction row, @Nullable ShardPosition retryOf);

    /**
     * The latest rows under these ids, newest first by {@code correctedAt}, without expired ones.
     *
     * @param readerIds the id as sent and its aliases, ≤ 12
     * @param limit rows in all, ≤ 1,000
     */
    List<StoredInteraction> latest(List<String> readerIds, int limit);

    /**
     * What stands about one event, read consistently: its own row first, then the rows that retract
     * it and claim to be no older. Empty when the event is not among the reader's latest 1,000
     * rows.
     */
    List<StoredInteraction> about(String readerId, String eventId);

    /** Most rows of one {@link #page} and of one {@link #remove}. */
    int MAX_PAGE = 100;

    /**
     * Some of a reader's rows.
     *
     * @param next where to go on, for {@link #page}; null behind the last row
     */
    record Page(List<StoredInteraction> rows, @Nullable String next) {
        public Page {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Every row there is under this id, expired ones that are still there included, oldest first,
     * read consistently: for telling a person what is held, and for erasing it.
     *
     * @param after where the page before ended, or null to begin
     * @param limit rows, ≤ {@value #MAX_PAGE}
     */
    Page page(String readerId, @Nullable String after, int limit);

    /**
     * Removes rows, each only while it is the very row given: one that another record has put in
     * its place stays.
     *
     * @param rows ≤ {@value #MAX_PAGE}
     * @return how many were removed
     */
    int remove(List<StoredInteraction> rows);
}

package dev.freshet.features;

import dev.freshet.event.ShardPosition;
import dev.freshet.features.StoredExposure.ExposureOutcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Port: the table of lists shown. Every method may throw {@link
 * dev.freshet.store.StoreUnavailableException}.
 */
public interface Exposures {
    /** The result of a put. */
    enum Put {
        /** The list was absent, or owned by {@code retryOf}, and is now this one. */
        STORED,
        /** The list was stored already by this record: a redelivery. */
        OWN,
        /** The list was stored already by another record: shown twice, or sent twice. */
        OTHERS
    }

    /**
     * What a put left behind.
     *
     * @param row the row after the put; null for {@link Put#OTHERS}
     */
    record Written(Put put, @Nullable StoredExposure row) {}

    /**
     * Stores the list of a row if absent, and leaves outcomes as they are. A row past its TTL that
     * is not removed yet counts as present.
     *
     * @param row has a list and an owner
     * @param retryOf the position of a quarantined record whose list may be taken over, or null
     */
    Written put(StoredExposure row, @Nullable ShardPosition retryOf);

    /**
     * Adds an outcome to the row of a list, which is created if it is absent. Idempotent. A row
     * with {@value StoredExposure#MAX_OUTCOMES} outcomes takes no further one.
     *
     * @param receivedAt of the outcome, from which the retention of a new row counts
     * @return the row after the addition; null if it was full
     */
    @Nullable StoredExposure mark(
            String userId,
            Instant issuedAt,
            String listId,
            ExposureOutcome outcome,
            Instant receivedAt);

    /**
     * Returns the latest lists of an id, newest first by {@code issuedAt}, without expired ones, by
     * a consistent read.
     *
     * @param limit ≤ {@value #MAX_PAGE}
     */
    List<StoredExposure> latest(String userId, int limit);

    /** Most rows of one {@link #page} and of one {@link #remove}. */
    int MAX_PAGE = 100;

    /**
     * A page of a user's rows.
     *
     * @param next the argument of {@link #page} for the next page; null after the last row
     */
    record Page(List<StoredExposure> rows, @Nullable String next) {
        public Page {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Returns a page of all rows of an id, oldest first, expired ones that are not removed yet
     * included, by a consistent read; for export and erasure.
     *
     * @param after {@code next} of the previous page, or null to begin
     * @param limit rows, ≤ {@value #MAX_PAGE}
     */
    Page page(String userId, @Nullable String after, int limit);

    /**
     * Removes rows, each only if no other record has stored or taken over its list since.
     *
     * @param rows ≤ {@value #MAX_PAGE}
     * @return how many were removed
     */
    int remove(List<StoredExposure> rows);
}

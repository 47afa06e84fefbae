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
public interface Exposures extends UserRows<StoredExposure> {
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
}

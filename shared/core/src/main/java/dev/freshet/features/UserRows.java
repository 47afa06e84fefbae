package dev.freshet.features;

import dev.freshet.event.ShardPosition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Port: a table of rows of users, as export and erasure read it. Every method may throw {@link
 * dev.freshet.store.StoreUnavailableException}.
 *
 * @param <R> what the table stores of one event or list
 */
public interface UserRows<R extends UserRows.Row> {
    /** Most rows of one {@link #page} and of one {@link #remove}. */
    int MAX_PAGE = 100;

    /** A row, which an erasure covers by its time or by the record that stored it. */
    interface Row {
        /** Returns when the first event that the row tells of was received. */
        Instant receivedAt();

        /** Returns the position of the record that stored the row; null if none is known. */
        @Nullable ShardPosition owner();
    }

    /**
     * A page of a user's rows.
     *
     * @param <R> the type of a row
     * @param next the argument of {@link #page} for the next page; null after the last row
     */
    record Page<R>(List<R> rows, @Nullable String next) {
        public Page {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Returns a page of all rows of an id, oldest first, expired ones that are not removed yet
     * included, by a consistent read.
     *
     * @param after {@code next} of the previous page, or null to begin
     * @param limit rows, ≤ {@value #MAX_PAGE}
     */
    Page<R> page(String userId, @Nullable String after, int limit);

    /**
     * Removes rows, each only if no other record has stored it or taken it over since.
     *
     * @param rows ≤ {@value #MAX_PAGE}
     * @return how many were removed
     */
    int remove(List<R> rows);
}

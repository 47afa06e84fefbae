package dev.freshet.ingest;

import static dev.freshet.check.Check.require;

import dev.freshet.store.StoreUnavailableException;
import java.util.List;

/** Port: the {@code events} stream, for producers. */
public interface EventLog {
    /**
     * One event for the stream.
     *
     * @param partitionKey the id of the user, or the anonymous id
     * @param bytes Avro, single-object encoding, ≤ 96 KB
     */
    record Entry(String partitionKey, byte[] bytes) {}

    /** Most entries of one put: the limit of Kinesis PutRecords. */
    int MAX_ENTRIES = 500;

    /**
     * Puts the entries in one call. Throws nothing for entries that the stream refuses or does not
     * acknowledge.
     *
     * @return the indexes that were not acknowledged, ascending; empty when all were
     */
    List<Integer> put(List<Entry> entries);

    /** Most puts of {@link #putAll}. */
    int MAX_PUTS = 3;

    /**
     * Puts the entries, and puts again those that were not acknowledged, {@value #MAX_PUTS} times
     * at most; for few entries, from tools and from the site's server, whose callers can try again
     * themselves.
     *
     * @throws StoreUnavailableException if some were not acknowledged in the end
     */
    default void putAll(List<Entry> entries) {
        List<Entry> unacknowledged = entries;
        for (int put = 0; put < MAX_PUTS && !unacknowledged.isEmpty(); put++) {
            List<Entry> batch = unacknowledged;
            unacknowledged = put(batch).stream().map(batch::get).toList();
        }
        if (!unacknowledged.isEmpty()) {
            throw new StoreUnavailableException(
                    "The stream of events",
                    "entries were not acknowledged in " + MAX_PUTS + " puts");
        }
    }

    /**
     * Checks a put's arguments, for adapters.
     *
     * @throws IllegalArgumentException for more than {@value #MAX_ENTRIES} entries
     */
    static void check(List<Entry> entries) {
        require(entries.size() <= MAX_ENTRIES, "a put has at most " + MAX_ENTRIES + " entries");
    }
}

package dev.freshet.ingest;

import dev.freshet.store.StoreUnavailableException;
import java.util.List;

/** Port: the {@code events} stream as its producer sees it. */
public interface EventLog {
    /**
     * One event for the stream.
     *
     * @param partitionKey the reader's id as sent
     * @param bytes Avro, single-object encoding, ≤ 40 KB
     */
    record Entry(String partitionKey, byte[] bytes) {}

    /** Most entries of one put; Kinesis' own limit for PutRecords. */
    int MAX_ENTRIES = 500;

    /**
     * Puts the entries, one call. Nothing is thrown for what the stream refuses or does not answer.
     *
     * @return the indexes that were not acknowledged, ascending; empty when all were
     */
    List<Integer> put(List<Entry> entries);

    /** Most puts that {@link #putAll} makes. */
    int MAX_PUTS = 3;

    /**
     * Puts the entries, and those again that were not acknowledged, {@value #MAX_PUTS} times at
     * most: for a few that a tool or the site itself sends, which has its own patience.
     *
     * @throws StoreUnavailableException when some were not acknowledged in the end
     */
    default void putAll(List<Entry> entries) {
        List<Entry> left = entries;
        for (int put = 0; put < MAX_PUTS && !left.isEmpty(); put++) {
            List<Entry> these = left;
            left = put(these).stream().map(these::get).toList();
        }
        if (!left.isEmpty()) {
            throw new StoreUnavailableException(
                    "The stream of events",
                    new IllegalStateException("it did not acknowledge in " + MAX_PUTS + " puts"));
        }
    }

    /**
     * For adapters: refuses what no stream takes.
     *
     * @throws IllegalArgumentException for more than {@value #MAX_ENTRIES} entries
     */
    static void check(List<Entry> entries) {
        if (entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("at most " + MAX_ENTRIES + " entries at once");
        }
    }
}

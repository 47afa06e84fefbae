package dev.freshet.stream;

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

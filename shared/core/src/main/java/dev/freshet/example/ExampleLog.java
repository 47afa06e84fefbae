package dev.freshet.example;

/** Port: the {@code examples} stream as its producer sees it. */
public interface ExampleLog {
    /** Longest record put, in bytes; Kinesis takes 1 MiB. */
    int MAX_RECORD_BYTES = 512 << 10;

    /**
     * Puts one record of encoded examples and returns once it is acknowledged.
     *
     * @throws dev.freshet.store.StoreUnavailableException when it was not, or nobody knows
     */
    void put(byte[] record);

    /**
     * For adapters: refuses what no stream takes.
     *
     * @throws IllegalArgumentException for an empty record, or one of more than {@value
     *     #MAX_RECORD_BYTES} bytes
     */
    static void check(byte[] record) {
        if (record.length == 0 || record.length > MAX_RECORD_BYTES) {
            throw new IllegalArgumentException(
                    "a record has 1 to " + MAX_RECORD_BYTES + " bytes, not " + record.length);
        }
    }
}

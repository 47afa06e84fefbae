package dev.freshet.example;

/** Port: the {@code examples} stream, for producers. */
public interface ExampleLog {
    /** Longest record, in bytes; Kinesis accepts 1 MiB. */
    int MAX_RECORD_BYTES = 512 << 10;

    /**
     * Puts one record of encoded examples and returns once it is acknowledged.
     *
     * @throws dev.freshet.store.StoreUnavailableException if it was not acknowledged, or that is
     *     unknown
     */
    void put(byte[] record);

    /**
     * Checks a record's length, for adapters.
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

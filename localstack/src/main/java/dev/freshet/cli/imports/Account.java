package dev.freshet.cli.imports;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What became of the rows: accepted and rejected together are all of them. */
final class Account {
    private final Consumer<Rejection> tell;
    private final SortedMap<String, Long> byCode = new TreeMap<>();
    private long accepted;
    private long rejected;

    /** One row that was not taken. */
    record Rejection(long line, String code, String detail) {}

    /**
     * Opens an account.
     *
     * @param tell gets each rejection
     */
    Account(Consumer<Rejection> tell) {
        this.tell = tell;
    }

    void accept(long rows) {
        accepted += rows;
    }

    void reject(Rejection rejection) {
        rejected++;
        byCode.merge(rejection.code(), 1L, Long::sum);
        tell.accept(rejection);
    }

    long accepted() {
        return accepted;
    }

    long rejected() {
        return rejected;
    }

    SortedMap<String, Long> byCode() {
        return byCode;
    }
}

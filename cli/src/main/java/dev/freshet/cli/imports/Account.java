package dev.freshet.cli.imports;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts the rows of an import: each is accepted or rejected. */
final class Account {
    private final Consumer<Rejection> rejections;
    private final SortedMap<String, Long> byCode = new TreeMap<>();
    private long accepted;
    private long rejected;

    /** One row that was rejected. */
    record Rejection(long line, String code, String detail) {}

    /**
     * Creates an account without rows.
     *
     * @param rejections receives each rejection
     */
    Account(Consumer<Rejection> rejections) {
        this.rejections = rejections;
    }

    void accept(long rows) {
        accepted += rows;
    }

    void reject(Rejection rejection) {
        rejected++;
        byCode.merge(rejection.code(), 1L, Long::sum);
        rejections.accept(rejection);
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

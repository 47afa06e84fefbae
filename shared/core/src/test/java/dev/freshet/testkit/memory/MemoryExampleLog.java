package dev.freshet.testkit.memory;

import dev.freshet.example.ExampleLog;
import dev.freshet.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;

/** The {@code examples} stream in memory: one shard, in the order of the puts. */
public final class MemoryExampleLog implements ExampleLog {
    /** Maximum number of records kept; a put beyond it throws {@link StoreUnavailableException}. */
    public static final int MAX_RECORDS = 1_000_000;

    private final List<byte[]> records = new ArrayList<>();

    @Override
    public synchronized void put(byte[] record) {
        ExampleLog.check(record);
        if (records.size() == MAX_RECORDS) {
            throw new StoreUnavailableException(
                    "The examples stream in memory", "it holds " + MAX_RECORDS + " records");
        }
        records.add(record.clone());
    }

    /** Returns all records put so far, in order. */
    public synchronized List<byte[]> records() {
        return records.stream().map(byte[]::clone).toList();
    }
}

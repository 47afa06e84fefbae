package dev.freshet.testkit.memory;

import dev.freshet.event.ShardPosition;
import dev.freshet.ingest.EventLog;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The {@code events} stream in memory: one shard, with sequence numbers from 1. */
public final class MemoryEventLog implements EventLog {
    /** Maximum number of records kept; a put reports those beyond it as not acknowledged. */
    public static final int MAX_RECORDS = 1_000_000;

    private final List<Placed> placed = new ArrayList<>();

    /** A record with its position in the stream. */
    public record Placed(ShardPosition position, Entry entry) {}

    @Override
    public synchronized List<Integer> put(List<Entry> entries) {
        EventLog.check(entries);
        List<Integer> unacknowledged = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            if (placed.size() == MAX_RECORDS) {
                unacknowledged.add(i);
                continue;
            }
            BigInteger sequence = BigInteger.valueOf(placed.size() + 1L);
            placed.add(
                    new Placed(
                            new ShardPosition("events/shardId-000000000000", sequence),
                            entries.get(i)));
        }
        return List.copyOf(unacknowledged);
    }

    /** Returns all records put so far, in order. */
    public synchronized List<Placed> records() {
        return List.copyOf(placed);
    }
}

package dev.freshet.testkit.memory;

import dev.freshet.event.ShardPosition;
import dev.freshet.ingest.EventLog;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The {@code events} stream in memory: one shard, sequence numbers from 1. */
public final class MemoryEventLog implements EventLog {
    /** Most records kept; those beyond are not acknowledged. */
    public static final int MAX_RECORDS = 1_000_000;

    private final List<Placed> placed = new ArrayList<>();

    /** A record with its place. */
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

    /** Everything put so far, in order. */
    public synchronized List<Placed> records() {
        return List.copyOf(placed);
    }
}

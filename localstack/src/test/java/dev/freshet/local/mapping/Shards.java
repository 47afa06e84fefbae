package dev.freshet.local.mapping;

import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import dev.freshet.local.mapping.ShardMachine.Action;
import dev.freshet.local.template.MappingRules;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Records and rules for tests of a shard. */
final class Shards {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Shards() {}

    static ShardRecord record(int number, String key, Instant arrivedAt) {
        return new ShardRecord(BigInteger.valueOf(number), key, "AAAA", arrivedAt);
    }

    /** Returns records of one key with the numbers {@code from} to {@code to}, both inclusive. */
    static List<ShardRecord> records(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(n -> record(n, "key", START)).toList();
    }

    static List<Integer> numbers(ShardBatch batch) {
        return batch.records().stream()
                .map(record -> record.sequenceNumber().intValueExact())
                .toList();
    }

    static List<Integer> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    /** Returns rules with a parallelization factor of 1. */
    static MappingRules rules(int batchSize, int retries, boolean bisect, @Nullable Duration age) {
        return rules(batchSize, retries, bisect, age, 1);
    }

    /** Returns rules with reported item failures, start at the horizon and no batching window. */
    static MappingRules rules(
            int batchSize, int retries, boolean bisect, @Nullable Duration age, int factor) {
        return new MappingRules(
                batchSize,
                Duration.ZERO,
                retries,
                age,
                bisect,
                true,
                factor,
                MappingRules.Start.TRIM_HORIZON,
                null);
    }

    /** Returns all actions that a machine requests at a time. */
    static List<Action> actions(ShardMachine machine, Instant now) {
        List<Action> actions = new ArrayList<>();
        for (Action action = machine.next(now); action != null; action = machine.next(now)) {
            actions.add(action);
        }
        return actions;
    }

    /** Returns the only action that a machine requests at a time. */
    static <A extends Action> A only(ShardMachine machine, Instant now, Class<A> type) {
        List<Action> actions = actions(machine, now);
        if (actions.size() != 1) {
            throw new AssertionError("expected one action, got " + actions);
        }
        return type.cast(actions.getFirst());
    }
}

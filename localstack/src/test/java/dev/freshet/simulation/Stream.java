package dev.freshet.simulation;

import dev.freshet.event.EventCodec;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.local.mapping.Lineage;
import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Simulated Kinesis stream: shards with hash ranges, split and merged with their lineage, and
 * records whose numbers rise irregularly and gain a digit, so that comparing them as text is
 * detected.
 */
final class Stream {
    private static final long HASHES = 1L << 32;

    /** One shard. */
    final class Shard {
        final String id;
        private final List<String> parents;
        private final long from;
        private final long to;
        private final List<ShardRecord> records = new ArrayList<>();
        private boolean closed;

        private Shard(List<String> parents, long from, long to) {
            this.id = "shardId-%012d".formatted(shards.size());
            this.parents = parents;
            this.from = from;
            this.to = to;
        }

        private int behind(BigInteger number) {
            int low = 0;
            int high = records.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (records.get(middle).sequenceNumber().compareTo(number) > 0) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low;
        }

        boolean closed() {
            return closed;
        }

        /** Returns at most {@code limit} records after a number. */
        List<ShardRecord> after(@Nullable BigInteger number, int limit) {
            int from = number == null ? 0 : behind(number);
            return records
                    .subList(
                            from,
                            Math.min(
                                    records.size(),
                                    (int) Math.min(Integer.MAX_VALUE, (long) from + limit)))
                    .stream()
                    .toList();
        }
    }

    /** A record with the shard that contains it. */
    record Held(String shard, ShardRecord record) {
        byte[] data() {
            return Base64.getDecoder().decode(record.data());
        }
    }

    final String name;
    private final RandomGenerator random;
    private final List<Shard> shards = new ArrayList<>();
    private BigInteger last;

    Stream(String name, int count, RandomGenerator random) {
        this.name = name;
        this.random = random;
        this.last = BigInteger.TEN.pow(21).subtract(BigInteger.valueOf(random.nextInt(20_000)));
        for (int i = 0; i < count; i++) {
            shards.add(new Shard(List.of(), i * HASHES / count, (i + 1) * HASHES / count));
        }
    }

    /** Puts a record; returns its position. */
    Held put(String key, byte[] data, Instant at) {
        Shard shard = open(key);
        last = last.add(BigInteger.valueOf(1 + random.nextInt(900)));
        ShardRecord record =
                new ShardRecord(last, key, Base64.getEncoder().encodeToString(data), at);
        shard.records.add(record);
        return new Held(shard.id, record);
    }

    /** Returns the position of a record. */
    ShardPosition position(Held held) {
        return new ShardPosition(name + "/" + held.shard(), held.record().sequenceNumber());
    }

    /** Returns a record as its consumers receive it. */
    StreamRecord received(Held held) {
        ShardRecord record = held.record();
        return new StreamRecord(
                position(held), record.partitionKey(), held.data(), record.arrivedAt());
    }

    List<Lineage.Shard> listed() {
        return shards.stream().map(s -> new Lineage.Shard(s.id, s.parents)).toList();
    }

    Shard shard(String id) {
        return shards.stream().filter(s -> s.id.equals(id)).findFirst().orElseThrow();
    }

    /** Returns all records in the order of their numbers, which is the order of each key. */
    List<Held> all() {
        List<Held> all = new ArrayList<>();
        shards.forEach(s -> s.records.forEach(record -> all.add(new Held(s.id, record))));
        all.sort(Comparator.comparing(held -> held.record().sequenceNumber()));
        return all;
    }

    /** Returns the ids of events that the stream contains more than once. */
    List<String> repeated(EventCodec codec) {
        Set<String> seen = new HashSet<>();
        return all().stream()
                .map(held -> codec.decode(held.data()).header().eventId())
                .filter(id -> !seen.add(id))
                .toList();
    }

    int size() {
        return shards.stream().mapToInt(s -> s.records.size()).sum();
    }

    /** Splits an open shard in two, or merges two adjacent ones. */
    void reshard() {
        List<Shard> open = new ArrayList<>(shards.stream().filter(s -> !s.closed).toList());
        open.sort(Comparator.comparingLong(s -> s.from));
        if (open.size() > 1 && random.nextBoolean()) {
            int at = random.nextInt(open.size() - 1);
            Shard left = open.get(at);
            Shard right = open.get(at + 1);
            left.closed = true;
            right.closed = true;
            shards.add(new Shard(List.of(left.id, right.id), left.from, right.to));
        } else {
            Shard parent = open.get(random.nextInt(open.size()));
            long middle = parent.from + 1 + random.nextLong(parent.to - parent.from - 1);
            parent.closed = true;
            shards.add(new Shard(List.of(parent.id), parent.from, middle));
            shards.add(new Shard(List.of(parent.id), middle, parent.to));
        }
    }

    private Shard open(String key) {
        CRC32 hash = new CRC32();
        hash.update(key.getBytes(StandardCharsets.UTF_8));
        long at = hash.getValue();
        return shards.stream()
                .filter(s -> !s.closed && s.from <= at && at < s.to)
                .findFirst()
                .orElseThrow();
    }
}

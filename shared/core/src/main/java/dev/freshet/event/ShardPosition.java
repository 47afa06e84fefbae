package dev.freshet.event;

import java.math.BigInteger;

/**
 * Where a record stands in a stream: the identity by which a redelivery is known from a producer's
 * duplicate.
 *
 * @param shard stream name, a slash, shard id: {@code events/shardId-000000000000}
 * @param sequence the shard's sequence number; compared as a number, never as text
 */
public record ShardPosition(String shard, BigInteger sequence)
        implements Comparable<ShardPosition> {
    /**
     * Orders by sequence number alone: Kinesis gives a child shard higher numbers than its parents.
     */
    @Override
    public int compareTo(ShardPosition other) {
        return sequence.compareTo(other.sequence);
    }

    /** {@code shard@sequence}, the form stored in rows. */
    @Override
    public String toString() {
        return shard + "@" + sequence;
    }

    /** Reads what {@link #toString} wrote. */
    public static ShardPosition parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1) {
            throw new IllegalArgumentException("not a shard position: " + text);
        }
        return new ShardPosition(text.substring(0, at), new BigInteger(text.substring(at + 1)));
    }
}

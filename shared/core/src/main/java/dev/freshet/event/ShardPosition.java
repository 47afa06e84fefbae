package dev.freshet.event;

import java.math.BigInteger;

/**
 * The position of a record in a stream. It tells a redelivery, which has the position of the first
 * delivery, from a duplicate that a producer sent.
 *
 * @param shard stream name, a slash, shard id: {@code events/shardId-000000000000}
 * @param sequence the sequence number in the shard, compared as a number, never as text
 */
public record ShardPosition(String shard, BigInteger sequence)
        implements Comparable<ShardPosition> {
    /**
     * Compares sequence numbers only: Kinesis gives a child shard higher numbers than its parents.
     */
    @Override
    public int compareTo(ShardPosition other) {
        return sequence.compareTo(other.sequence);
    }

    /** Returns {@code shard@sequence}, the form stored in rows. */
    @Override
    public String toString() {
        return shard + "@" + sequence;
    }

    /** Parses the result of {@link #toString}. */
    public static ShardPosition parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1) {
            throw new IllegalArgumentException("not a shard position: " + text);
        }
        return new ShardPosition(text.substring(0, at), new BigInteger(text.substring(at + 1)));
    }
}

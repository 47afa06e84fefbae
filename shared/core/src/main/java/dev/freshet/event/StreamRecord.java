package dev.freshet.event;

import java.time.Instant;

/**
 * A record as a stream delivers it. A batch has records of one shard in ascending sequence, each at
 * least once.
 *
 * @param arrivedAt the time at which the stream accepted the record
 */
public record StreamRecord(
        ShardPosition position, String partitionKey, byte[] data, Instant arrivedAt) {}

package dev.freshet.event;

import java.time.Instant;

/**
 * One record as a stream delivered it. A batch holds records of one shard in ascending sequence,
 * each at least once.
 *
 * @param arrivedAt when the stream took it
 */
public record StreamRecord(
        ShardPosition position, String partitionKey, byte[] data, Instant arrivedAt) {}

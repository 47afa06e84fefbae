package dev.freshet.local.mapping;

import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * Port to a stream that a mapping reads. Methods throw {@link SourceException} when the stream is
 * unreachable; the caller tries again later.
 */
public interface StreamSource {

    /** Returns all shards that the stream lists, closed ones included. */
    List<Lineage.Shard> shards();

    /** Opens a reader of one shard at a position. */
    ShardReader open(String shard, Position from);

    /** Position at which reading begins. */
    sealed interface Position {
        /** After a finished record. */
        record After(BigInteger sequenceNumber) implements Position {}

        /** At the oldest record. */
        record Oldest() implements Position {}

        /** At the first record that arrived at or after a time. */
        record Since(Instant moment) implements Position {}
    }

    /** Forward reader of one shard. Not thread-safe. */
    interface ShardReader {
        /** Returns the next records, at most {@code limit}; empty if there are no new ones. */
        Page next(int limit);
    }

    /**
     * Result of one read.
     *
     * @param ended whether the shard is closed and these were its last records
     */
    record Page(List<ShardRecord> records, boolean ended) {
        public Page {
            records = List.copyOf(records);
        }
    }

    /** Thrown when the stream is unreachable. */
    final class SourceException extends RuntimeException {
        @java.io.Serial private static final long serialVersionUID = 1L;

        public SourceException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}

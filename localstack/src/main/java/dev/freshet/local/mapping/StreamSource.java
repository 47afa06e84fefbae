package dev.freshet.local.mapping;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * A stream as a mapping reads it. Methods throw {@link SourceException} when the stream cannot be
 * reached; try again later.
 */
public interface StreamSource {

    /** All shards that the stream lists, closed ones too. */
    List<Lineage.Shard> shards();

    /** A reader of one shard from a position on. */
    ShardReader open(String shard, Position from);

    /** Where reading begins. */
    sealed interface Position {
        /** After a record that is finished. */
        record After(BigInteger sequenceNumber) implements Position {}

        /** With the oldest record. */
        record Oldest() implements Position {}

        /** With the first record at or after a moment. */
        record Since(Instant moment) implements Position {}
    }

    /** Reads one shard forwards. Not for use by several threads. */
    interface ShardReader {
        /** The next records, at most {@code limit}; none if there are no new ones. */
        Page next(int limit);
    }

    /**
     * What one read gave.
     *
     * @param ended the shard is closed and this was the last of it
     */
    record Page(List<ShardRecord> records, boolean ended) {
        public Page {
            records = List.copyOf(records);
        }
    }

    /** The stream cannot be reached now. */
    final class SourceException extends RuntimeException {
        @java.io.Serial private static final long serialVersionUID = 1L;

        public SourceException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}

package dev.freshet.store;

import java.time.Instant;

/**
 * The port to a stream whose number of shards can be changed. Every method may throw {@link
 * StoreUnavailableException}.
 */
public interface ShardedStream {
    /** Returns what is known of the stream. */
    ShardScaling.Report report(Instant now);

    /**
     * Begins to change the number of shards, at most to twice and at least to half of it, and
     * remembers when.
     *
     * @param report the report on which the change was decided
     */
    void scale(int shards, ShardScaling.Report report, Instant now);
}

package dev.freshet.store;

import java.time.Instant;
import java.time.InstantSource;

/** Looks after the number of shards of a stream, as {@link ShardScaling} decides. */
public final class ShardScalingFlow {
    private final ShardedStream stream;
    private final int least;
    private final int most;
    private final InstantSource clock;

    /**
     * Creates the flow.
     *
     * @param least the shards that the stack was deployed with
     * @param most the most shards that the stream may have
     */
    public ShardScalingFlow(ShardedStream stream, int least, int most, InstantSource clock) {
        this.stream = stream;
        this.least = least;
        this.most = most;
        this.clock = clock;
    }

    /** Decides once, and returns how many shards the stream has or will have. */
    public int look() {
        Instant now = clock.instant();
        ShardScaling.Report report = stream.report(now);
        int next = ShardScaling.next(report, least, most, now);
        if (next != report.shards()) {
            stream.scale(next, report, now);
        }
        return next;
    }

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
}

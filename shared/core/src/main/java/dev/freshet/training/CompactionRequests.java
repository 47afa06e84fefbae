package dev.freshet.training;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The trainer's requests for compactions, so that snapshots follow the number of versions: a
 * process that starts reads each version after the newest snapshot. Used by one thread.
 */
public final class CompactionRequests {
    /** The number of versions from one request to the next. */
    public static final int VERSIONS = 32;

    /** The least time between two requests, since a run costs seconds whatever is new. */
    public static final Duration INTERVAL = Duration.ofSeconds(20);

    private final CompactionTrigger trigger;
    private final InstantSource clock;
    private Instant requestedAt = Instant.MIN;
    private long requested = -1;

    /** Creates an instance that does not know yet which version the log has reached. */
    public CompactionRequests(CompactionTrigger trigger, InstantSource clock) {
        this.trigger = trigger;
        this.clock = clock;
    }

    /**
     * Asks for a compaction if one is due.
     *
     * @param version the newest version of the log, or 0 if it is not known
     * @throws dev.freshet.store.StoreUnavailableException if the request was not accepted; the next
     *     one is due after {@link #INTERVAL}
     */
    public void reached(long version) {
        if (version <= 0) {
            return;
        }
        if (requested < 0) {
            requested = (version - 1) / VERSIONS * VERSIONS;
        }
        Instant now = clock.instant();
        boolean late = requestedAt.equals(Instant.MIN) || !now.isBefore(requestedAt.plus(INTERVAL));
        if (version - requested >= VERSIONS && late) {
            requestedAt = now;
            trigger.request();
            requested = version;
        }
    }

    /** The port by which a trainer asks for a run of the {@link Compaction}. */
    @FunctionalInterface
    public interface CompactionTrigger {
        /** Asks nobody; the schedule of the compaction alone makes snapshots. */
        CompactionTrigger NONE = () -> {};

        /**
         * Asks for a run, and does not wait for it.
         *
         * @throws dev.freshet.store.StoreUnavailableException if the request was not accepted
         */
        void request();
    }
}

package dev.freshet.store;

import java.time.Duration;
import java.time.Instant;

/**
 * The port to a stream whose period of retention can be changed. Every method may throw {@link
 * StoreUnavailableException}.
 */
public interface RetainedStream {
    /** Returns how long the stream keeps its records at present. */
    Duration retention();

    /** Returns what is known of the last day before {@code now}. */
    AdaptiveRetention.Report report(Instant now);

    /**
     * Makes the stream keep its records for this long; a shorter period expires records at once.
     */
    void retain(Duration period);
}

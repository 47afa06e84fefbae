package dev.freshet.casestudy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that is set to a moment, goes on from there as fast as the real time, and can be set
 * forward, never back. Safe for several threads.
 */
final class ReplayClock implements InstantSource {
    private final LongSupplier nanos;
    private Instant at;
    private long since;

    /**
     * Creates a clock.
     *
     * @param nanos {@link System#nanoTime()}, or another count of nanoseconds
     */
    ReplayClock(Instant start, LongSupplier nanos) {
        this.nanos = nanos;
        this.at = start;
        this.since = nanos.getAsLong();
    }

    @Override
    public synchronized Instant instant() {
        return at.plusNanos(nanos.getAsLong() - since);
    }

    /** Sets the clock to a moment, unless it is past it already. */
    synchronized void advanceTo(Instant moment) {
        long now = nanos.getAsLong();
        if (moment.isAfter(at.plusNanos(now - since))) {
            at = moment;
            since = now;
        }
    }
}

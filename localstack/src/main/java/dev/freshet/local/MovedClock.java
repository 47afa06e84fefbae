package dev.freshet.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Clock of a local cloud that begins in the past and is moved towards the system's. Between two
 * moves it runs as fast as the system's, so that what is measured in between is what it took; from
 * the moment at which it has caught up it is the system's. Thread-safe.
 */
public final class MovedClock implements InstantSource {
    private final InstantSource system;
    private volatile Duration behind;

    /**
     * Creates a clock.
     *
     * @param system the clock that it is behind
     * @param start its time now, not after that of the system's
     */
    public MovedClock(InstantSource system, Instant start) {
        this.system = system;
        this.behind = Duration.between(start, system.instant());
    }

    @Override
    public Instant instant() {
        return at(system.instant());
    }

    /** Returns the time of this clock at a time of the system's since the latest move. */
    Instant at(Instant systemTime) {
        return systemTime.minus(behind);
    }

    /**
     * Moves on to a time; one that this clock has passed, or the system's has not reached, counts
     * as that.
     */
    void moveTo(Instant time) {
        Duration left = Duration.between(time, system.instant());
        if (left.compareTo(behind) < 0) {
            behind = left.isNegative() ? Duration.ZERO : left;
        }
    }
}

package dev.freshet.recommend;

import java.time.Duration;

/**
 * Leaves stores alone that are late again and again (a circuit breaker): who gives up on an answer
 * does not take back the work, and a store that works on for callers who have gone falls behind for
 * good. After {@value #LATE_IN_A_ROW} late requests in a row one in {@link #LASTING} asks; the
 * first that is answered in time ends it. Safe for use by several threads.
 */
final class CircuitBreaker {
    static final int LATE_IN_A_ROW = 16;
    static final Duration LASTING = Duration.ofMillis(500);

    private int late;
    private long until;

    /**
     * Whether a request may ask the stores.
     *
     * @param nanos now, as {@link System#nanoTime} counts
     */
    synchronized boolean asks(long nanos) {
        if (late < LATE_IN_A_ROW) {
            return true;
        }
        if (nanos - until < 0) {
            return false;
        }
        until = nanos + LASTING.toNanos();
        return true;
    }

    /** Tells how a request that asked went. */
    synchronized void answered(boolean inTime, long nanos) {
        late = inTime ? 0 : Math.min(late + 1, LATE_IN_A_ROW);
        until = nanos + LASTING.toNanos();
    }

    /** Forgets what was. */
    synchronized void end() {
        late = 0;
    }
}

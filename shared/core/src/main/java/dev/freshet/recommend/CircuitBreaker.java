package dev.freshet.recommend;

import java.time.Duration;

/**
 * A circuit breaker in front of stores that are late again and again: a caller that gives up does
 * not stop the store's work, so a store that works for callers who have gone falls behind for good.
 * After {@value #LATE_IN_A_ROW} late requests in a row only one request in {@link #LASTING} asks;
 * the first that is answered in time closes the breaker. A late one whose reads succeed afterwards
 * has opened connections, so one further request may ask at once. Safe for several threads.
 */
final class CircuitBreaker {
    static final int LATE_IN_A_ROW = 16;
    static final Duration LASTING = Duration.ofMillis(500);

    private int late;
    private long until;
    private boolean connectionsOpened;
    private boolean askedAtOnce;

    /** Returns whether most requests are answered without the stores. */
    synchronized boolean isOpen() {
        return late >= LATE_IN_A_ROW;
    }

    /**
     * Returns whether a request may ask the stores.
     *
     * @param nanos the present, as {@link System#nanoTime} counts
     */
    synchronized boolean asks(long nanos) {
        if (!isOpen()) {
            return true;
        }
        if (nanos - until < 0) {
            return false;
        }
        askedAtOnce = connectionsOpened;
        connectionsOpened = false;
        until = nanos + LASTING.toNanos();
        return true;
    }

    /** Reports whether a request that asked was answered in time. */
    synchronized void answered(boolean inTime, long nanos) {
        late = inTime ? 0 : Math.min(late + 1, LATE_IN_A_ROW);
        until = nanos + LASTING.toNanos();
    }

    /** Reports that the reads of a late request have succeeded after its response was sent. */
    synchronized void succeededLate(long nanos) {
        if (!askedAtOnce) {
            connectionsOpened = true;
            until = nanos;
        }
    }

    /** Closes the breaker. */
    synchronized void end() {
        late = 0;
    }
}

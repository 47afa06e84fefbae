package dev.freshet.demo;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Rate limiter that spaces events evenly: a sender of n events waits until all events before them
 * are due. One instance is shared by all workers.
 */
final class Pacer {
    private final double nanosPerEvent;
    private final long start;
    private double due;

    /**
     * Creates a pacer whose first event is due now.
     *
     * @param eventsPerSecond above 0
     */
    Pacer(double eventsPerSecond, long nowNanos) {
        this.nanosPerEvent = TimeUnit.SECONDS.toNanos(1) / eventsPerSecond;
        this.start = nowNanos;
    }

    void await(int events) {
        long at;
        synchronized (this) {
            at = start + (long) due;
            due += events * nanosPerEvent;
        }
        long left = at - System.nanoTime();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = at - System.nanoTime();
        }
    }
}

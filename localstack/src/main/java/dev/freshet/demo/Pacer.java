package dev.freshet.demo;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Spaces events evenly: whoever sends n events waits until the n before them are due. Shared by all
 * workers.
 */
final class Pacer {
    private final double nanosPerEvent;
    private final long start;
    private double due;

    /**
     * Begins now.
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

package dev.freshet.worker;

import dev.freshet.store.FullJitter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Waits between attempts, from {@link #FIRST} up to {@link #MOST}, by {@link FullJitter}. Ends at
 * once when the worker is to stop.
 */
record ConsumerBackoff(CountDownLatch stopping, RandomGenerator random) {
    static final Duration FIRST = Duration.ofMillis(100);
    static final Duration MOST = Duration.ofSeconds(10);

    private static final FullJitter WAITS = new FullJitter(FIRST, MOST);

    /**
     * Waits.
     *
     * @param failures in a row, from 1
     */
    void await(int failures) throws InterruptedException {
        var _ = stopping.await(WAITS.draw(failures, random), TimeUnit.MILLISECONDS);
    }

    /** The longest wait after so many failures, in milliseconds. */
    static long bound(int failures) {
        return WAITS.bound(failures);
    }

    /** Whether the worker is to stop. */
    boolean stopped() {
        return stopping.getCount() == 0;
    }
}

package dev.freshet.worker;

import dev.freshet.store.FullJitter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Waits between attempts, drawn by {@link FullJitter} with a bound from {@link #MIN} to {@link
 * #MAX}. A wait ends at once when the worker is to stop.
 *
 * @param stopping reaches zero when the worker is to stop
 * @param random source of the jitter
 */
record ConsumerBackoff(CountDownLatch stopping, RandomGenerator random) {
    static final Duration MIN = Duration.ofMillis(100);
    static final Duration MAX = Duration.ofSeconds(10);

    private static final FullJitter WAITS = new FullJitter(MIN, MAX);

    /**
     * Waits a random time.
     *
     * @param failures number of consecutive failures, from 1
     */
    void await(int failures) throws InterruptedException {
        var _ = stopping.await(WAITS.draw(failures, random), TimeUnit.MILLISECONDS);
    }

    /** Returns the maximum wait after this number of failures, in milliseconds. */
    static long bound(int failures) {
        return WAITS.bound(failures);
    }

    /** Returns whether the worker is to stop. */
    boolean stopped() {
        return stopping.getCount() == 0;
    }
}

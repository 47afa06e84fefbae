package dev.freshet.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Waits between attempts: at random between nothing and a bound that starts at {@link #FIRST} and
 * doubles up to {@link #MOST} ("full jitter", AWS Architecture Blog, Exponential Backoff And
 * Jitter). Ends at once when the worker is to stop.
 */
record Backoff(CountDownLatch stopping, RandomGenerator random) {
    static final Duration FIRST = Duration.ofMillis(100);
    static final Duration MOST = Duration.ofSeconds(10);

    private static final int MOST_DOUBLINGS = 10;

    /**
     * Waits.
     *
     * @param failures in a row, from 1
     */
    void await(int failures) throws InterruptedException {
        if (stopping.await(random.nextLong(bound(failures) + 1), TimeUnit.MILLISECONDS)) {
            return;
        }
    }

    /** The longest wait after so many failures, in milliseconds. */
    static long bound(int failures) {
        long doubled = FIRST.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        return Math.min(doubled, MOST.toMillis());
    }

    /** Whether the worker is to stop. */
    boolean stopped() {
        return stopping.getCount() == 0;
    }
}

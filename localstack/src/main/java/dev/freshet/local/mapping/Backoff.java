package dev.freshet.local.mapping;

import java.time.Duration;

/**
 * How long a failing lane waits: doubled with each failure in a row, up to a cap. AWS does not
 * publish its own figures; these are chosen for a laptop.
 *
 * @param first the wait after the first failure
 * @param cap the longest wait
 */
public record Backoff(Duration first, Duration cap) {

    /** 100 ms, 200 ms, … 10 s. */
    public static final Backoff LOCAL = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    public Backoff {
        if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "a back-off is positive and its cap is not below its first wait");
        }
    }

    /** The wait after {@code failures} failures in a row, one or more. */
    public Duration after(int failures) {
        int doublings = Math.min(Math.max(failures, 1) - 1, 30);
        Duration wait = first.multipliedBy(1L << doublings);
        return wait.compareTo(cap) > 0 ? cap : wait;
    }
}

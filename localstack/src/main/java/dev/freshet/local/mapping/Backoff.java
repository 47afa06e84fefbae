package dev.freshet.local.mapping;

import java.time.Duration;

/**
 * Exponential back-off of a failing lane: the wait doubles with each consecutive failure, up to a
 * cap. AWS does not publish its own values; these are chosen for a development machine.
 *
 * @param first wait after the first failure
 * @param cap maximum wait
 */
public record Backoff(Duration first, Duration cap) {

    /** Back-off of the local cloud: 100 ms, 200 ms, … 10 s. */
    public static final Backoff LOCAL = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    public Backoff {
        if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "the first wait must be positive and the cap not below it");
        }
    }

    /** Returns the wait after one or more consecutive failures. */
    public Duration after(int failures) {
        int doublings = Math.min(Math.max(failures, 1) - 1, 30);
        Duration wait = first.multipliedBy(1L << doublings);
        return wait.compareTo(cap) > 0 ? cap : wait;
    }
}

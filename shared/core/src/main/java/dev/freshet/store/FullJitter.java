package dev.freshet.store;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: a random part of a bound that doubles with each failure in
 * a row, up to a longest.
 *
 * @param first the bound after the first failure
 * @param most the longest bound
 * @see <a
 *     href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 *     Backoff And Jitter</a>
 */
public record FullJitter(Duration first, Duration most) {
    private static final int MOST_DOUBLINGS = 10;

    public FullJitter {
        if (!first.isPositive() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "the first bound is positive, and the longest is not below it");
        }
    }

    /**
     * The bound, in milliseconds.
     *
     * @param failures in a row, from 1
     */
    public long bound(int failures) {
        return Math.min(
                most.toMillis(), first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS));
    }

    /** A wait, in milliseconds, from 0 to the bound. */
    public long draw(int failures, RandomGenerator random) {
        return random.nextLong(bound(failures) + 1);
    }
}

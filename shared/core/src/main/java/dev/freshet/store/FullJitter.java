package dev.freshet.store;

import static dev.freshet.check.Check.require;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: the wait before a retry is a random part of a bound that
 * doubles with each consecutive failure, up to a maximum.
 *
 * @param first the bound after the first failure
 * @param max the highest bound
 * @see <a
 *     href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 *     Backoff And Jitter</a>
 */
public record FullJitter(Duration first, Duration max) {
    private static final int MAX_DOUBLINGS = 10;

    public FullJitter {
        require(
                first.isPositive() && max.compareTo(first) >= 0,
                "the first bound must be positive, and max must not be below it");
    }

    /**
     * Returns the bound, in milliseconds.
     *
     * @param failures consecutive failures, from 1
     */
    public long bound(int failures) {
        return Math.min(max.toMillis(), first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS));
    }

    /** Returns a random wait from 0 to the bound, both inclusive, in milliseconds. */
    public long draw(int failures, RandomGenerator random) {
        return random.nextLong(bound(failures) + 1);
    }
}

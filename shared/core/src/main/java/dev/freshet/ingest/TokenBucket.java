package dev.freshet.ingest;

import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket with a capacity and a refill rate per second. A clock that goes backwards neither
 * adds nor removes tokens. Safe for use by several threads.
 */
public final class TokenBucket {
    private final double perSecond;
    private final double holds;
    private double tokens;
    private Instant at;

    /**
     * Creates a full bucket.
     *
     * @param perSecond tokens that are added in a second
     * @param burst capacity in tokens
     */
    public TokenBucket(double perSecond, int burst, Instant now) {
        this.perSecond = perSecond;
        this.holds = burst;
        this.tokens = burst;
        this.at = now;
    }

    /** Takes one token; returns false if there is none. */
    public synchronized boolean take(Instant now) {
        if (now.isAfter(at)) {
            double seconds = Duration.between(at, now).toNanos() / 1e9;
            tokens = Math.min(holds, tokens + seconds * perSecond);
            at = now;
        }
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}

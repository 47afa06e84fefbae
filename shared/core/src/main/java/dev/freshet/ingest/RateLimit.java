package dev.freshet.ingest;

import dev.freshet.store.LruMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The rate limit of one user's events, so that a bot does not block its shard: a token bucket of
 * {@value #BURST} that refills within a minute. It is held in the memory of one process, for the
 * {@value #MAX_USERS} users seen last: with several instances of the collector a user may get as
 * many times the rate. Safe for use by several threads.
 */
public final class RateLimit {
    /** Capacity of a bucket, in events. */
    public static final int BURST = 300;

    /** Most users remembered (≈ 2 MB); a user who is evicted starts again with a full bucket. */
    public static final int MAX_USERS = 10_000;

    private static final double PER_SECOND = BURST / 60.0;

    private final Map<String, TokenBucket> buckets = new LruMap<>(MAX_USERS);

    /** Takes one token of the user's bucket; returns false if there is none. */
    public synchronized boolean allows(String userId, Instant now) {
        return buckets.computeIfAbsent(userId, id -> new TokenBucket(PER_SECOND, BURST, now))
                .take(now);
    }

    /**
     * A token bucket with a capacity and a refill rate per second. A clock that goes backwards
     * neither adds nor removes tokens. Safe for use by several threads.
     */
    public static final class TokenBucket {
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
}

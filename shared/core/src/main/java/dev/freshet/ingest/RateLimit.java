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

    private static final double PER_NANO = BURST / (double) Duration.ofMinutes(1).toNanos();

    private final Map<String, Bucket> buckets = new LruMap<>(MAX_USERS);

    private record Bucket(double tokens, Instant at) {}

    /** Takes one token of the user's bucket; returns false if there is none. */
    public synchronized boolean allows(String userId, Instant now) {
        Bucket before = buckets.getOrDefault(userId, new Bucket(BURST, now));
        long elapsed = Math.max(0, Duration.between(before.at(), now).toNanos());
        double tokens = Math.min(BURST, before.tokens() + elapsed * PER_NANO);
        boolean allowed = tokens >= 1;
        buckets.put(userId, new Bucket(allowed ? tokens - 1 : tokens, now));
        return allowed;
    }
}

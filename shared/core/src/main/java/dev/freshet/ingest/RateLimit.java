package dev.freshet.ingest;

import dev.freshet.store.LruMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How much one reader may send, so that a bot does not block its shard: a token bucket of {@value
 * #BURST} that fills up within a minute. It stands in the memory of one process and knows the
 * {@value #MAX_READERS} readers seen last: with several instances of the collector a reader may get
 * as many times the rate. Safe for use by several threads.
 */
public final class RateLimit {
    /** Events at once. */
    public static final int BURST = 300;

    /** Most readers remembered (≈ 2 MB); who was forgotten begins with a full bucket. */
    public static final int MAX_READERS = 10_000;

    private static final double PER_NANO = BURST / (double) Duration.ofMinutes(1).toNanos();

    private final Map<String, Bucket> buckets = new LruMap<>(MAX_READERS);

    private record Bucket(double tokens, Instant at) {}

    /** Takes one token of the reader's, if there is one. */
    public synchronized boolean allows(String readerId, Instant now) {
        Bucket before = buckets.getOrDefault(readerId, new Bucket(BURST, now));
        long passed = Math.max(0, Duration.between(before.at(), now).toNanos());
        double tokens = Math.min(BURST, before.tokens() + passed * PER_NANO);
        boolean allowed = tokens >= 1;
        buckets.put(readerId, new Bucket(allowed ? tokens - 1 : tokens, now));
        return allowed;
    }
}

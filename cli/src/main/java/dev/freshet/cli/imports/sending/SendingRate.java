package dev.freshet.cli.imports.sending;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How many events a second an import sends. It starts at its limit, is halved by each refusal for
 * overload, and grows back within half a minute of sending without one (additive increase,
 * multiplicative decrease). All requests wait while the API asks to. Safe for several threads.
 */
final class SendingRate {
    /** Fewest events a second. */
    static final double LEAST = 10;

    /** Time in which the pace grows by half of the limit. */
    static final Duration RECOVERY = Duration.ofSeconds(30);

    private final double limit;
    private final InstantSource clock;
    private double perSecond;
    private Instant next;

    /**
     * Creates a pace.
     *
     * @param limit most events a second, at least {@value #LEAST}
     */
    SendingRate(double limit, InstantSource clock) {
        this.limit = Math.max(LEAST, limit);
        this.clock = clock;
        this.perSecond = this.limit;
        this.next = clock.instant();
    }

    /** Takes the place of a request, and returns how long to wait before it is sent. */
    synchronized Duration take(int events) {
        Instant now = clock.instant();
        Instant start = next.isBefore(now) ? now : next;
        next = start.plus(Duration.ofNanos((long) (1e9 * events / perSecond)));
        return Duration.between(now, start);
    }

    /** Reports that the API took events. */
    synchronized void taken(int events) {
        double seconds = events / perSecond;
        perSecond = Math.min(limit, perSecond + limit / 2 * seconds / RECOVERY.toSeconds());
    }

    /** Reports that the API took nothing of a request, and when it may be asked again. */
    synchronized void refused(Duration retryAfter) {
        perSecond = Math.max(LEAST, perSecond / 2);
        Instant allowed = clock.instant().plus(retryAfter);
        next = next.isBefore(allowed) ? allowed : next;
    }

    synchronized double perSecond() {
        return perSecond;
    }
}

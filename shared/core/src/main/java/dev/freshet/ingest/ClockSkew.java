package dev.freshet.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Correction of a client's clock: the moment that the client calls {@code sentAt} is taken to be
 * the moment that the collector calls {@code receivedAt}, as in Segment's tracking specification.
 */
public final class ClockSkew {
    /** Largest skew that is corrected; a clock that is further off is not used. */
    public static final Duration MAX = Duration.ofDays(1);

    private ClockSkew() {}

    /**
     * Returns by how many seconds a client's clock is wrong, in either direction, at most those of
     * {@link #MAX}. The time that a request takes to arrive counts as a clock that is late.
     */
    public static long seconds(Instant sentAt, Instant receivedAt) {
        Duration skew = Duration.between(sentAt, receivedAt).abs();
        return skew.compareTo(MAX) < 0 ? skew.toSeconds() : MAX.toSeconds();
    }

    /**
     * Returns {@code receivedAt − (sentAt − occurredAt)}, or {@code occurredAt} unchanged where the
     * client sent no {@code sentAt} or its clock is further off than {@link #MAX}.
     */
    static Instant correct(Instant occurredAt, Optional<Instant> sentAt, Instant receivedAt) {
        return sentAt.map(sent -> Duration.between(sent, receivedAt))
                .filter(skew -> skew.abs().compareTo(MAX) <= 0)
                .map(occurredAt::plus)
                .orElse(occurredAt);
    }
}

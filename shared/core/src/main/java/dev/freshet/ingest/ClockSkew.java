package dev.freshet.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A client's clock, set right: what it calls {@code sentAt} is what the collector calls {@code
 * receivedAt}, as Segment's tracking specification has it.
 */
final class ClockSkew {
    /** A clock that is further off tells nothing, and is not corrected. */
    static final Duration MAX = Duration.ofDays(1);

    private ClockSkew() {}

    /**
     * {@code receivedAt − (sentAt − occurredAt)}, or {@code occurredAt} itself where the client did
     * not say when it sent, or its clock is beyond belief.
     */
    static Instant correct(Instant occurredAt, Optional<Instant> sentAt, Instant receivedAt) {
        return sentAt.map(sent -> Duration.between(sent, receivedAt))
                .filter(skew -> skew.abs().compareTo(MAX) <= 0)
                .map(occurredAt::plus)
                .orElse(occurredAt);
    }
}

package dev.freshet.storage;

import dev.freshet.access.AccessKey;
import dev.freshet.feature.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long rows are kept. Times to live are epoch <em>seconds</em>: DynamoDB would take
 * milliseconds for a date some fifty thousand years ahead and never delete the row.
 */
public final class Retention {
    /**
     * From {@code receivedAt}: a history imported late is kept as long as one that came in time.
     */
    public static final Duration INTERACTIONS = Duration.ofDays(90);

    /** From the last write. */
    public static final Duration USERS = Duration.ofDays(400);

    /** From the last write. */
    public static final Duration TRENDS = Duration.ofDays(30);

    private Retention() {}

    /** The first whole second at which something kept this long from here is gone. */
    public static long expiry(Instant from, Duration kept) {
        Instant end = from.plus(kept);
        return end.getNano() == 0 ? end.getEpochSecond() : end.getEpochSecond() + 1;
    }

    /**
     * When an item's row goes: after the last {@code until}. Empty, and so never, for one that is
     * available without end, and for tombstones, which are small and keep older versions out.
     */
    public static Optional<Long> expiry(Item item) {
        if (item.deleted() || item.availability().isEmpty()) {
            return Optional.empty();
        }
        Instant last = Instant.MIN;
        for (Item.Availability window : item.availability()) {
            Instant until = window.until();
            if (until == null) {
                return Optional.empty();
            }
            last = until.isAfter(last) ? until : last;
        }
        return Optional.of(expiry(last, Duration.ZERO));
    }

    /** When the row of an access key goes; empty, and so never, for one without an end. */
    public static Optional<Long> expiry(AccessKey key) {
        return key.end().map(end -> expiry(end, AccessKey.KEPT));
    }

    /** Whether the time to live is over; a row without one never expires. */
    public static boolean passed(@Nullable Long expiresAt, Instant now) {
        return expiresAt != null && expiresAt <= now.getEpochSecond();
    }
}

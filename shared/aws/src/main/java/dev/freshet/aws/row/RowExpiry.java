package dev.freshet.aws.row;

import dev.freshet.access.AccessKey;
import dev.freshet.catalog.Item;
import dev.freshet.profile.UserProfile;
import dev.freshet.store.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long rows are kept. Times to live are epoch <em>seconds</em>: DynamoDB would take
 * milliseconds for a date some fifty thousand years ahead and never delete the row.
 */
public final class RowExpiry {
    private RowExpiry() {}

    /** The first whole second at which something kept this long from here is gone. */
    public static long expiry(Instant from, Duration kept) {
        Instant end = from.plus(kept);
        return end.getNano() == 0 ? end.getEpochSecond() : end.getEpochSecond() + 1;
    }

    /** When a profile's row goes: that long after this write, and no tombstone before it may. */
    public static long expiry(UserProfile profile, Instant written, RetentionPolicy retention) {
        long said = expiry(written, retention.users());
        Instant erasedAt = profile.erasedAt();
        if (erasedAt == null) {
            return said;
        }
        long tombstone = expiry(erasedAt, retention.tombstones());
        return profile.hasData() ? Math.max(said, tombstone) : tombstone;
    }

    /**
     * When an item's row goes: after the last {@code until}. Empty, and so never, for one that is
     * available without end, and for tombstones, which are small and keep older versions out.
     */
    public static Optional<Long> expiry(Item item, RetentionPolicy retention) {
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
        return Optional.of(expiry(last, retention.items()));
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

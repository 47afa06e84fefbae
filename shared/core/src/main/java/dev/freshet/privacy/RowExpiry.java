package dev.freshet.privacy;

import dev.freshet.access.AccessKey;
import dev.freshet.catalog.Item;
import dev.freshet.profile.UserProfile;
import dev.freshet.store.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Expiry times of rows, in epoch <em>seconds</em> as DynamoDB's time to live requires. DynamoDB
 * would read milliseconds as a date some fifty thousand years ahead and never delete the row.
 */
public final class RowExpiry {
    private RowExpiry() {}

    /**
     * Returns the first whole second at which a row retained this long from {@code from} is
     * expired.
     */
    public static long expiry(Instant from, Duration retention) {
        Instant end = from.plus(retention);
        return end.getNano() == 0 ? end.getEpochSecond() : end.getEpochSecond() + 1;
    }

    /**
     * Returns the expiry time of a profile's row: the retention of users after this write; for a
     * tombstone, the retention of tombstones after the erasure; for a row with both, the later of
     * the two.
     */
    public static long expiry(UserProfile profile, Instant written, RetentionPolicy retention) {
        long profileExpiry = expiry(written, retention.period(RetentionPolicy.Kind.USERS));
        Instant erasedAt = profile.erasedAt();
        if (erasedAt == null) {
            return profileExpiry;
        }
        long tombstone = expiry(erasedAt, retention.tombstones());
        return profile.hasData() ? Math.max(profileExpiry, tombstone) : tombstone;
    }

    /**
     * Returns the expiry time of an item's row: the retention of items after the last {@code
     * until}. Empty, so that the row never expires, for an item that is available without end, and
     * for a deletion marker, which is small and keeps older versions from being applied.
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
        return Optional.of(expiry(last, retention.period(RetentionPolicy.Kind.ITEMS)));
    }

    /**
     * Returns the expiry time of an access key's row; empty, so that the row never expires, for a
     * key without an end date.
     */
    public static Optional<Long> expiry(AccessKey key) {
        return key.end().map(end -> expiry(end, AccessKey.KEPT));
    }

    /** Returns whether an expiry time has passed; a row without one never expires. */
    public static boolean passed(@Nullable Long expiresAt, Instant now) {
        return expiresAt != null && expiresAt <= now.getEpochSecond();
    }
}

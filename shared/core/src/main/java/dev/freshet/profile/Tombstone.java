package dev.freshet.profile;

import static dev.freshet.check.Check.require;

import dev.freshet.check.Millis;
import dev.freshet.event.ShardPosition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of an erasure in a user's profile. It prevents records that are still in flight, or
 * that are replayed, from restoring the user's data, and outlives the streams and the quarantine.
 *
 * @param erasureId of the erasure, ≤ 128 characters
 * @param erasedAt everything received up to this moment is erased; in whole milliseconds
 * @param aliases the other ids erased in the same call, ≤ {@value UserProfile#MAX_ALIASES}: what a
 *     repeat of the call has to erase again
 * @param appliedPosition position of the erasure's record in {@code events}, once it has been
 *     processed there: records before it under the same id are erased too; null until then
 */
public record Tombstone(
        String erasureId,
        Instant erasedAt,
        List<String> aliases,
        @Nullable ShardPosition appliedPosition) {
    public Tombstone {
        erasedAt = Millis.of(erasedAt);
        aliases = List.copyOf(aliases);
        require(
                aliases.size() <= UserProfile.MAX_ALIASES,
                "a tombstone lists at most " + UserProfile.MAX_ALIASES + " aliases");
    }

    /** Returns the tombstone of an erasure whose record has not been processed yet. */
    public static Tombstone of(String erasureId, Instant erasedAt) {
        return new Tombstone(erasureId, erasedAt, List.of(), null);
    }

    /**
     * Returns this tombstone after the erasure's record was processed at a position; the highest
     * such position is kept.
     */
    public Tombstone appliedAt(ShardPosition at) {
        return appliedPosition != null && appliedPosition.compareTo(at) >= 0
                ? this
                : new Tombstone(erasureId, erasedAt, aliases, at);
    }

    /** Returns whether something received at this time is erased. */
    public boolean covers(Instant receivedAt) {
        return !Millis.of(receivedAt).isAfter(erasedAt);
    }

    /**
     * Returns whether a record under the erased id is erased.
     *
     * @param position of the record, or of the quarantined record that it resubmits; null if
     *     unknown
     */
    public boolean covers(Instant receivedAt, @Nullable ShardPosition position) {
        return covers(receivedAt)
                || (appliedPosition != null
                        && position != null
                        && position.compareTo(appliedPosition) <= 0);
    }
}

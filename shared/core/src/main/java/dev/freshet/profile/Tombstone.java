package dev.freshet.profile;

import dev.freshet.event.ShardPosition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stays of a reader who was erased, so that nothing that was on its way, or that is replayed,
 * brings that reader back. It outlives the streams and the quarantine.
 *
 * @param erasureId of the erasure, ≤ 128 characters
 * @param erasedAt everything received up to this moment is gone, to the millisecond
 * @param aliases the other ids erased in the same call, ≤ {@value UserProfile#MAX_ALIASES}: what a
 *     repeat of the call has to go over again
 * @param takenAt where the record of the erasure stands in {@code events}, once it has taken its
 *     turn there: whatever stands before it under the same id is gone too; null until then
 */
public record Tombstone(
        String erasureId, Instant erasedAt, List<String> aliases, @Nullable ShardPosition takenAt) {
    public Tombstone {
        erasedAt = erasedAt.truncatedTo(ChronoUnit.MILLIS);
        aliases = List.copyOf(aliases);
        if (aliases.size() > UserProfile.MAX_ALIASES) {
            throw new IllegalArgumentException(
                    "a tombstone names at most " + UserProfile.MAX_ALIASES + " aliases");
        }
    }

    /** Of an erasure that has not taken its turn yet. */
    public static Tombstone of(String erasureId, Instant erasedAt) {
        return new Tombstone(erasureId, erasedAt, List.of(), null);
    }

    /** The same when the record of the erasure was met here; the latest such place counts. */
    public Tombstone taken(ShardPosition at) {
        return takenAt != null && takenAt.compareTo(at) >= 0
                ? this
                : new Tombstone(erasureId, erasedAt, aliases, at);
    }

    /** Whether something that was received then is gone. */
    public boolean covers(Instant receivedAt) {
        return !receivedAt.truncatedTo(ChronoUnit.MILLIS).isAfter(erasedAt);
    }

    /**
     * Whether a record under the erased id is gone.
     *
     * @param position its own, or that of the record which it brings back
     */
    public boolean covers(Instant receivedAt, ShardPosition position) {
        return covers(receivedAt) || (takenAt != null && position.compareTo(takenAt) <= 0);
    }
}

package dev.freshet.privacy;

import dev.freshet.event.ShardPosition;
import java.time.Instant;
import java.util.Optional;

/**
 * How far an erasure has come, read off the stores.
 *
 * @param aliases other ids erased with it
 * @param rowsGone whether no row is left that it covers
 * @param takenAt where it took its turn under the id itself, once it has under every id
 * @param forgottenIn the first version of the model that has forgotten
 * @param correctedIn the first snapshot that holds no more of it, once there is one
 * @param logGoneAt when the last delta and snapshot from before go; empty until that is known
 * @param logGone whether they are gone
 * @param streamsGoneAt when the last record from before has run out of both streams
 * @param restorableUntil until when the tables can be restored to before
 * @param completeAt when nothing of the person is left anywhere but the tombstone; empty until that
 *     is known
 */
public record ErasureState(
        String erasureId,
        Instant erasedAt,
        int aliases,
        boolean rowsGone,
        Optional<ShardPosition> takenAt,
        Optional<Long> forgottenIn,
        Optional<Long> correctedIn,
        Optional<Instant> logGoneAt,
        boolean logGone,
        Instant streamsGoneAt,
        Instant restorableUntil,
        Optional<Instant> completeAt) {
    /** Whether nothing of the person is left anywhere but the tombstone. */
    public boolean complete(Instant now) {
        return completeAt.isPresent() && !completeAt.get().isAfter(now);
    }
}

package dev.freshet.privacy;

import dev.freshet.event.ShardPosition;
import java.time.Instant;
import java.util.Optional;

/**
 * The progress of an erasure, as found in the stores.
 *
 * @param aliases other ids erased with it
 * @param rowsGone whether no row is left that the erasure covers
 * @param appliedAt position at which the erasure was processed under the id itself; empty until it
 *     has been processed under every id
 * @param forgottenIn the first version of the model that has forgotten the user
 * @param correctedIn the first snapshot without the user's data, once there is one
 * @param logGoneAt when the last older delta and snapshot are removed; empty until that is known
 * @param logGone whether they are removed
 * @param streamsGoneAt when the last older record has expired in both streams
 * @param restorableUntil until when the tables can be restored to an older state
 * @param inLake what became of the rows in the lake; empty without a lake
 * @param completeAt when nothing of the user remains but the tombstone; empty until that is known
 */
public record ErasureState(
        String erasureId,
        Instant erasedAt,
        int aliases,
        boolean rowsGone,
        Optional<ShardPosition> appliedAt,
        Optional<Long> forgottenIn,
        Optional<Long> correctedIn,
        Optional<Instant> logGoneAt,
        boolean logGone,
        Instant streamsGoneAt,
        Instant restorableUntil,
        Optional<InLake> inLake,
        Optional<Instant> completeAt) {
    /**
     * What became of the rows in the lake.
     *
     * @param deleted whether no query finds them
     * @param gone whether no file holds them
     * @param promisedAt when no file holds them at the latest, if no night fails
     */
    public record InLake(boolean deleted, boolean gone, Instant promisedAt) {}

    /** Returns whether nothing of the user remains but the tombstone. */
    public boolean complete(Instant now) {
        return completeAt.isPresent() && !completeAt.get().isAfter(now);
    }
}

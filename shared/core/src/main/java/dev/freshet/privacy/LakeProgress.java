package dev.freshet.privacy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the nightly erasure in the lake has come. The state machine of the lake writes it after
 * each of its steps that succeeded.
 *
 * @param deletedUpTo when the last run began that deleted the rows of erased users from all tables
 * @param rewrittenUpTo the value of {@code deletedUpTo} at which the files were last rewritten
 * @param goneUpTo the value of {@code rewrittenUpTo} whose older files and snapshots are removed
 */
public record LakeProgress(
        Optional<Instant> deletedUpTo,
        Optional<Instant> rewrittenUpTo,
        Optional<Instant> goneUpTo) {
    /**
     * The longest time from an erasure until no row of the user can arrive any more: what was
     * transformed before is in the buffer of the delivery for up to five minutes, and is retried
     * for up to two hours. Records that are transformed later leave no row, because the tombstone
     * is found.
     */
    public static final Duration LANDING = Duration.ofHours(3);

    /** The progress of a lake in which nothing has run yet. */
    public static final LakeProgress NONE =
            new LakeProgress(Optional.empty(), Optional.empty(), Optional.empty());

    /** Returns whether no query finds a row that an erasure at this time covers. */
    public boolean isDeleted(Instant erasedAt) {
        return isPast(deletedUpTo, erasedAt);
    }

    /** Returns whether no file holds a row that an erasure at this time covers. */
    public boolean isGone(Instant erasedAt) {
        return isPast(goneUpTo, erasedAt);
    }

    private static boolean isPast(Optional<Instant> upTo, Instant erasedAt) {
        return upTo.map(time -> !time.isBefore(erasedAt.plus(LANDING))).orElse(false);
    }
}

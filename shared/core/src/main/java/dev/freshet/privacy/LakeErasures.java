package dev.freshet.privacy;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * The erasures in the lake of a stack.
 *
 * @param purge says how long a complete erasure takes
 * @param progress reads how far the nightly runs have come
 */
public record LakeErasures(LakePurge purge, Supplier<LakeProgress> progress) {
    /** Returns the latest moment at which no file holds a row of a user erased at this time. */
    static Instant promised(LakePurge purge, Instant erasedAt) {
        return erasedAt.plus(purge.period());
    }

    /** Returns the state of an erasure at this time. */
    ErasureState.InLake of(Instant erasedAt) {
        LakeProgress reached = progress.get();
        return new ErasureState.InLake(
                reached.isDeleted(erasedAt), reached.isGone(erasedAt), promised(purge, erasedAt));
    }
}

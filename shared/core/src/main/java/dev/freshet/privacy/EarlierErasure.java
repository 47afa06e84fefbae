package dev.freshet.privacy;

import dev.freshet.features.CoveredRows;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out what an earlier erasure of an id leaves to a further one. */
record EarlierErasure(CoveredRows rows, Users users) {
    /** Returns whether the erasure is too recent for another one of the same id to begin. */
    static boolean isRecent(Tombstone tombstone, Instant now) {
        return now.isBefore(tombstone.erasedAt().plus(ErasureFlow.LEAST_INTERVAL));
    }

    /**
     * Returns whether the erasure that a profile's tombstone records was processed, and nothing was
     * stored under the id since. Its record is put last, so that all others are in the stream.
     */
    boolean isInForce(UserProfile profile) {
        Tombstone tombstone = profile.tombstone();
        return tombstone != null
                && tombstone.appliedPosition() != null
                && !profile.hasData()
                && !rows.exist(profile.userId());
    }

    /**
     * Returns the aliases under which the erasure has not been processed yet, because a store
     * failed before its records were put or because they are still in the stream. The others are no
     * longer aliases of the user, and may have become those of another one.
     */
    Set<String> unfinishedAliases(@Nullable Tombstone tombstone) {
        Set<String> unfinished = new LinkedHashSet<>();
        if (tombstone != null) {
            for (String alias : tombstone.aliases()) {
                if (!isFinished(users.get(alias).tombstone(), tombstone)) {
                    unfinished.add(alias);
                }
            }
        }
        return unfinished;
    }

    private static boolean isFinished(@Nullable Tombstone ofAlias, Tombstone erasure) {
        if (ofAlias == null || ofAlias.erasedAt().isBefore(erasure.erasedAt())) {
            return false;
        }
        return !ofAlias.erasureId().equals(erasure.erasureId())
                || ofAlias.appliedPosition() != null;
    }
}

package dev.freshet.profile;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which users count for others. Whoever has a publishable key can invent anonymous users, so these
 * count only once they have been known for a while; every other id is vouched for by a user token
 * or a secret key.
 *
 * @param anonymousPrefix what the ids of anonymous users begin with
 * @param anonymousWaitSeconds how long an anonymous user has to be known, from 0
 * @param anonymousEnrol whether anonymous users who count take part in experiments
 */
public record CountedUsers(
        String anonymousPrefix, int anonymousWaitSeconds, boolean anonymousEnrol) {
    /** Everybody counts at once and takes part in experiments. */
    public static final CountedUsers ALL = new CountedUsers("", 0, true);

    /** Returns how many seconds a user has to be known before the user counts. */
    public int waitSeconds(String userId) {
        return isAnonymous(userId) ? anonymousWaitSeconds : 0;
    }

    /**
     * Returns whether a user counts.
     *
     * @param knownSince the receipt of the first event of the user; null where none is known
     */
    public boolean counts(String userId, @Nullable Instant knownSince, Instant now) {
        Duration wait = Duration.ofSeconds(waitSeconds(userId));
        return wait.isZero() || (knownSince != null && !now.isBefore(knownSince.plus(wait)));
    }

    /** Returns whether a user who counts takes part in experiments. */
    public boolean enrols(String userId) {
        return anonymousEnrol || !isAnonymous(userId);
    }

    private boolean isAnonymous(String userId) {
        return userId.startsWith(anonymousPrefix);
    }
}

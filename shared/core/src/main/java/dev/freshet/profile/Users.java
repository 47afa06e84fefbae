package dev.freshet.profile;

import dev.freshet.store.StoreUnavailableException;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Port: profiles of users. Every method may throw {@link
 * dev.freshet.store.StoreUnavailableException}.
 */
public interface Users {
    /** Most profiles of one {@link #getAll}. */
    int MAX_GET = 500;

    /**
     * Returns the profile, or {@link UserProfile#absent}. An expired row counts as absent; a row
     * with a tombstone is returned until it is removed.
     */
    UserProfile get(String userId);

    /**
     * Returns the profiles of ≤ 500 ids, {@link UserProfile#absent} where there is none; every id
     * is a key of the result.
     */
    Map<String, UserProfile> getAll(Set<String> userIds);

    /**
     * Writes the profile with its revision raised by one.
     *
     * @param changed has the revision at which it was read
     * @return false if another write came between: the caller reads again
     */
    boolean put(UserProfile changed);

    /**
     * Changes a row of Users by a write that is conditional on the row's revision; after a
     * conflicting write the change is computed again from the newer row.
     */
    final class ProfileWrite {
        /**
         * Most attempts; beyond them the write counts as a store that did not answer, and is tried
         * again later.
         */
        static final int MAX_ATTEMPTS = 5;

        private ProfileWrite() {}

        /**
         * Applies a change to a profile by a conditional write, again on the latest profile where
         * the condition fails.
         *
         * @param seen the profile as last read
         * @param change returns its argument if nothing is to be changed; then nothing is written
         * @return the profile after the write
         * @throws StoreUnavailableException if the store fails or the attempts are used up
         */
        public static UserProfile apply(
                Users users, UserProfile seen, UnaryOperator<UserProfile> change) {
            UserProfile before = seen;
            for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                UserProfile after = change.apply(before);
                if (after.equals(before)) {
                    return before;
                }
                if (users.put(after)) {
                    return after.withRevision(after.revision() + 1);
                }
                before = users.get(seen.userId());
            }
            throw new StoreUnavailableException(
                    "Users", MAX_ATTEMPTS + " attempts in a row conflicted with other writes");
        }
    }
}

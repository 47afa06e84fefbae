package dev.freshet.profile;

import dev.freshet.store.StoreUnavailableException;
import java.util.function.UnaryOperator;

/**
 * Changes a row of Users by a write that is conditional on the row's revision; after a conflicting
 * write the change is computed again from the newer row.
 */
public final class ProfileWrite {
    /**
     * Most attempts; beyond them the write counts as a store that did not answer, and is tried
     * again later.
     */
    static final int MAX_ATTEMPTS = 5;

    private ProfileWrite() {}

    /**
     * Applies a change to a profile by a conditional write, again on the latest profile where the
     * condition fails.
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
                "Users",
                new IllegalStateException(
                        MAX_ATTEMPTS + " attempts in a row conflicted with other writes"));
    }
}

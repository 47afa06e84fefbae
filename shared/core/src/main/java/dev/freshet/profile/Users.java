package dev.freshet.profile;

import java.util.Map;
import java.util.Set;

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
}

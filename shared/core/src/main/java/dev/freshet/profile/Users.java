package dev.freshet.profile;

import java.util.Map;
import java.util.Set;

/** Port: profiles. Every method may throw {@link dev.freshet.store.StoreUnavailableException}. */
public interface Users {
    /** Most profiles of one {@link #getAll}. */
    int MAX_GET = 500;

    /**
     * The profile, or {@link UserProfile#absent}; an expired row counts as absent, a tombstone does
     * not expire unread.
     */
    UserProfile get(String userId);

    /** The same for many, ≤ 500; every id asked for is a key of the answer. */
    Map<String, UserProfile> getAll(Set<String> userIds);

    /**
     * Writes the profile with its revision raised by one.
     *
     * @param changed carries the revision it was read at
     * @return false when another write came between: read again
     */
    boolean put(UserProfile changed);
}

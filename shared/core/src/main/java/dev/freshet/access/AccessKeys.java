package dev.freshet.access;

import java.util.List;
import java.util.Optional;

/**
 * Port: the stored keys. A row counts as absent {@link AccessKey#KEPT} after the end of its key.
 * Every method may throw {@code StoreUnavailableException}.
 */
public interface AccessKeys {
    /** The largest number of keys that are listed. */
    int MAX_LISTED = 1_000;

    /** Returns the key of this id by a consistent read, which sees every earlier revocation. */
    Optional<AccessKey> get(String keyId);

    /**
     * Writes a key with its revision increased by one.
     *
     * @param key the key with the revision at which it was read, 0 for a new key
     * @return false if the row was changed since, or the id of a new key exists already
     */
    boolean put(AccessKey key);

    /** Returns all keys in the order of their ids, at most {@value #MAX_LISTED}. */
    List<AccessKey> list();
}

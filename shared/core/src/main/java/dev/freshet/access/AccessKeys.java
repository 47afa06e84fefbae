package dev.freshet.access;

import java.util.List;
import java.util.Optional;

/**
 * Port: the keys. A row whose time to live is over counts as absent: {@link AccessKey#KEPT} after
 * the key's end. Every method may throw {@code StoreUnavailableException}.
 */
public interface AccessKeys {
    /** Most keys of a stack that are listed. */
    int MAX_LISTED = 1_000;

    /** The key of this id, as it is now: a revocation that was put before is seen. */
    Optional<AccessKey> get(String keyId);

    /**
     * Writes a key with its revision raised by one.
     *
     * @param key carries the revision it was read at, 0 for a new one
     * @return false when another write came between, or a new one's id is taken: read again
     */
    boolean put(AccessKey key);

    /** All keys, by id, at most {@value #MAX_LISTED}. */
    List<AccessKey> list();
}

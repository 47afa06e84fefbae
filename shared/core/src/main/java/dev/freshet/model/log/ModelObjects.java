package dev.freshet.model.log;

import java.util.List;
import java.util.Optional;

/** The port to the object store of a model log. */
public interface ModelObjects {
    /**
     * Stores an object. Storing the same key again must supply the same bytes, and renews the
     * object's age.
     *
     * @throws dev.freshet.store.StoreUnavailableException when the object may not have been stored
     */
    void put(String key, byte[] bytes);

    /**
     * Returns the bytes of an object, at most one more than {@code atMost}, which shows that it is
     * too long; empty when there is no such object.
     *
     * @throws dev.freshet.store.StoreUnavailableException when the store does not answer
     */
    Optional<byte[]> get(String key, int atMost);

    /**
     * Returns the first keys with a prefix, in ascending order.
     *
     * @param limit ≤ 1,000
     * @throws dev.freshet.store.StoreUnavailableException when the store does not answer
     */
    List<String> keys(String prefix, int limit);

    /**
     * Removes an object, if it exists.
     *
     * @throws dev.freshet.store.StoreUnavailableException when the object may not have been removed
     */
    void remove(String key);
}

package dev.freshet.store;

import java.util.List;
import java.util.Optional;

/**
 * Port: the objects of a bucket, by their keys. Every method throws {@link
 * StoreUnavailableException} when the store does not answer; an object may then have been stored or
 * removed, or not.
 */
public interface ObjectStore {
    /** Puts an object, in place of one with this key, whose age begins anew. */
    void put(String key, byte[] bytes);

    /**
     * Returns the bytes of an object, at most one more than {@code atMost}, which shows that it is
     * too long; empty when there is no such object.
     */
    Optional<byte[]> get(String key, int atMost);

    /** Returns the bytes of an object of any length up to 2 GB; empty when there is none. */
    default Optional<byte[]> get(String key) {
        return get(key, Integer.MAX_VALUE);
    }

    /**
     * Returns the first keys with a prefix, in ascending order.
     *
     * @param limit ≤ 1,000
     */
    List<String> keys(String prefix, int limit);

    /** Removes an object, if it exists. */
    void remove(String key);

    /**
     * Removes objects.
     *
     * @param prefix of all keys
     * @param keys in ascending order
     */
    default void removeAll(String prefix, List<String> keys) {
        keys.forEach(this::remove);
    }
}

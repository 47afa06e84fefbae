package dev.freshet.lake;

import java.util.List;

/**
 * Port: the objects that the delivery stream lays beside the tables. Every method may throw {@link
 * dev.freshet.store.StoreUnavailableException}.
 */
public interface LakeObjects {
    /**
     * Returns the first keys that begin with a prefix, in ascending order.
     *
     * @param limit keys, ≤ 1,000
     */
    List<String> keys(String prefix, int limit);

    /** Returns an object; empty if there is none of this key. */
    byte[] get(String key);

    /** Puts an object, in place of one with this key. */
    void put(String key, byte[] bytes);

    /** Deletes an object; without effect if there is none of this key. */
    void delete(String key);
}

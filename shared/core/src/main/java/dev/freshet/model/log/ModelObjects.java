package dev.freshet.model.log;

import java.util.List;
import java.util.Optional;

/** Where the objects of a model log lie. */
public interface ModelObjects {
    /**
     * Writes an object; the same key again is the same bytes again, and renews its age.
     *
     * @throws dev.freshet.store.StoreUnavailableException when it was not kept
     */
    void put(String key, byte[] bytes);

    /**
     * The object's bytes, at most one more than asked for (which tells that it is too long); empty
     * when there is none.
     *
     * @throws dev.freshet.store.StoreUnavailableException when nobody knows
     */
    Optional<byte[]> get(String key, int atMost);

    /**
     * The first keys that begin so, in ascending order.
     *
     * @param limit ≤ 1,000
     * @throws dev.freshet.store.StoreUnavailableException when nobody knows
     */
    List<String> keys(String prefix, int limit);

    /**
     * Removes an object; one that is not there is removed already.
     *
     * @throws dev.freshet.store.StoreUnavailableException when it may still be there
     */
    void remove(String key);
}

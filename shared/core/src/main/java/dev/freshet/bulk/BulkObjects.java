package dev.freshet.bulk;

/** Where lists that were made in bulk are put. */
@FunctionalInterface
public interface BulkObjects {
    /**
     * Writes an object; one of the same key is replaced.
     *
     * @throws dev.freshet.store.StoreUnavailableException if the store does not take it
     */
    void put(String key, byte[] bytes);
}

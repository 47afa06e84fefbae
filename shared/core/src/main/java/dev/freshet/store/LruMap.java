package dev.freshet.store;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map of bounded size: an entry added beyond the bound evicts the entry least recently read or
 * written. Not safe for use by several threads.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class LruMap<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int maxEntries;

    /**
     * Creates an empty map.
     *
     * @param maxEntries most entries kept
     */
    public LruMap(int maxEntries) {
        super(16, 0.75f, true);
        this.maxEntries = maxEntries;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > maxEntries;
    }
}

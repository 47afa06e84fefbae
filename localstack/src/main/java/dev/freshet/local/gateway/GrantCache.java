package dev.freshet.local.gateway;

import dev.freshet.store.LruMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * LRU cache of grants by credential, with an expiry for each entry and at most {@value
 * #MAX_ENTRIES} entries. Refusals are not cached.
 */
final class GrantCache {
    /** Maximum number of entries. */
    static final int MAX_ENTRIES = 10_000;

    private final Map<String, Kept> entries = new LruMap<>(MAX_ENTRIES);

    private record Kept(Grant grant, Instant until) {}

    synchronized Optional<Grant> find(String credential, Instant now) {
        Kept found = entries.get(credential);
        if (found == null) {
            return Optional.empty();
        }
        if (!now.isBefore(found.until())) {
            entries.remove(credential);
            return Optional.empty();
        }
        return Optional.of(found.grant());
    }

    /**
     * Caches a grant.
     *
     * @param timeToLive time to live; zero caches nothing
     */
    synchronized void keep(String credential, Grant grant, Instant now, Duration timeToLive) {
        if (timeToLive.isPositive()) {
            entries.put(credential, new Kept(grant, now.plus(timeToLive)));
        }
    }

    synchronized int size() {
        return entries.size();
    }
}

package dev.freshet.local.gateway;

import dev.freshet.store.LruMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Grants by credential, for a while after each was given; of the {@value #MOST} asked for last. A
 * credential that was refused is not remembered.
 */
final class GrantCache {
    /** Most credentials remembered. */
    static final int MOST = 10_000;

    private final Map<String, Kept> kept = new LruMap<>(MOST);

    private record Kept(Grant grant, Instant until) {}

    synchronized Optional<Grant> find(String credential, Instant now) {
        Kept found = kept.get(credential);
        if (found == null) {
            return Optional.empty();
        }
        if (!now.isBefore(found.until())) {
            kept.remove(credential);
            return Optional.empty();
        }
        return Optional.of(found.grant());
    }

    /**
     * Remembers a grant.
     *
     * @param lasting zero: not at all
     */
    synchronized void keep(String credential, Grant grant, Instant now, Duration lasting) {
        if (lasting.isPositive()) {
            kept.put(credential, new Kept(grant, now.plus(lasting)));
        }
    }

    synchronized int size() {
        return kept.size();
    }
}

package dev.freshet.demo;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;

/** Times at which each model version was first seen in a response. */
public final class VersionClock {
    private final ConcurrentSkipListMap<Long, Long> firstSeen = new ConcurrentSkipListMap<>();

    void seen(long version, long atNanos) {
        firstSeen.merge(version, atNanos, Math::min);
    }

    /**
     * Returns when a response first came from this version or a later one; empty if none has yet.
     */
    public OptionalLong includedAt(long version) {
        return firstSeen.tailMap(version, true).values().stream().mapToLong(Long::longValue).min();
    }

    /** Returns the newest version seen, or 0 if none. */
    public long newest() {
        Map.Entry<Long, Long> last = firstSeen.lastEntry();
        return last == null ? 0 : last.getKey();
    }
}

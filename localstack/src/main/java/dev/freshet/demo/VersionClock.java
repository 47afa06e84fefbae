package dev.freshet.demo;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;

/** When each version of the model was first seen in an answer. */
public final class VersionClock {
    private final ConcurrentSkipListMap<Long, Long> firstSeen = new ConcurrentSkipListMap<>();

    void seen(long version, long atNanos) {
        firstSeen.merge(version, atNanos, Math::min);
    }

    /** When an answer first came from this version or a later one; empty if none has yet. */
    public OptionalLong includedAt(long version) {
        return firstSeen.tailMap(version, true).values().stream().mapToLong(Long::longValue).min();
    }

    /** The newest version seen, 0 if none. */
    public long newest() {
        Map.Entry<Long, Long> last = firstSeen.lastEntry();
        return last == null ? 0 : last.getKey();
    }
}

package dev.freshet.testkit.memory;

import dev.freshet.access.AccessKey;
import dev.freshet.access.AccessKeys;
import dev.freshet.privacy.RowExpiry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Access keys in memory. */
public final class MemoryAccessKeys implements AccessKeys {
    private final TreeMap<String, AccessKey> rows = new TreeMap<>();
    private final InstantSource clock;

    public MemoryAccessKeys(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<AccessKey> get(String keyId) {
        return Optional.ofNullable(rows.get(keyId)).filter(this::unexpired);
    }

    private boolean unexpired(AccessKey key) {
        return !RowExpiry.passed(RowExpiry.expiry(key).orElse(null), clock.instant());
    }

    @Override
    public synchronized boolean put(AccessKey key) {
        if (get(key.keyId()).map(AccessKey::revision).orElse(0L) != key.revision()) {
            return false;
        }
        rows.put(key.keyId(), key.withRevision(key.revision() + 1));
        return true;
    }

    @Override
    public synchronized List<AccessKey> list() {
        return rows.values().stream().filter(this::unexpired).limit(MAX_LISTED).toList();
    }
}

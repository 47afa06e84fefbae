package dev.freshet.storage.memory;

import dev.freshet.event.ShardPosition;
import dev.freshet.stream.Quarantine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Quarantine in memory. */
public final class MemoryQuarantine implements Quarantine {
    private final Map<ShardPosition, Entry> entries = new LinkedHashMap<>();

    @Override
    public synchronized void put(Entry entry) {
        entries.put(entry.position(), entry);
    }

    /** The entry of this record, if it is here. */
    public synchronized Optional<Entry> get(ShardPosition position) {
        return Optional.ofNullable(entries.get(position));
    }

    /** Everything here, in the order in which it came. */
    public synchronized List<Entry> entries() {
        return new ArrayList<>(entries.values());
    }
}

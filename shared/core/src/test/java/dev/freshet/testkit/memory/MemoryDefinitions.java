package dev.freshet.testkit.memory;

import dev.freshet.experiment.DefinitionStore;
import dev.freshet.experiment.StoredDefinition;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Definitions of experiments, and named rules, in memory. */
public final class MemoryDefinitions implements DefinitionStore {
    private final TreeMap<String, StoredDefinition> rows = new TreeMap<>();

    @Override
    public synchronized Optional<StoredDefinition> get(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public synchronized List<StoredDefinition> list() {
        return List.copyOf(rows.values());
    }

    @Override
    public synchronized boolean put(StoredDefinition definition, long seen) {
        boolean isSeen = revision(definition.id()) == seen;
        if (isSeen) {
            rows.put(definition.id(), definition);
        }
        return isSeen;
    }

    @Override
    public synchronized boolean delete(String id, long seen) {
        return revision(id) == seen && rows.remove(id) != null;
    }

    private long revision(String id) {
        return get(id).map(StoredDefinition::revision).orElse(ABSENT);
    }
}

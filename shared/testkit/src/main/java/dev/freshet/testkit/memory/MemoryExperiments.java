package dev.freshet.testkit.memory;

import dev.freshet.experiment.definition.ExperimentDefinition;
import dev.freshet.experiment.definition.Experiments;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Definitions of experiments in memory. */
public final class MemoryExperiments implements Experiments {
    private final TreeMap<String, ExperimentDefinition> rows = new TreeMap<>();

    @Override
    public synchronized Optional<ExperimentDefinition> get(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public synchronized List<ExperimentDefinition> list() {
        return List.copyOf(rows.values());
    }

    @Override
    public synchronized boolean put(ExperimentDefinition definition, long seen) {
        if (revision(definition.id()) != seen) {
            return false;
        }
        rows.put(definition.id(), definition);
        return true;
    }

    @Override
    public synchronized boolean delete(String id, long seen) {
        if (!rows.containsKey(id) || revision(id) != seen) {
            return false;
        }
        rows.remove(id);
        return true;
    }

    private long revision(String id) {
        ExperimentDefinition row = rows.get(id);
        return row == null ? ABSENT : row.revision();
    }
}

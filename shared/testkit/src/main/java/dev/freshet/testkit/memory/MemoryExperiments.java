package dev.freshet.testkit.memory;

import dev.freshet.experiment.definition.ExperimentDefinition;
import dev.freshet.experiment.definition.Experiments;
import dev.freshet.experiment.definition.StoredRule;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Definitions of experiments, and named rules, in memory. */
public final class MemoryExperiments implements Experiments {
    private final TreeMap<String, ExperimentDefinition> rows = new TreeMap<>();
    private final TreeMap<String, StoredRule> rules = new TreeMap<>();

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
    public synchronized Optional<StoredRule> rule(String name) {
        return Optional.ofNullable(rules.get(StoredRule.idOf(name)));
    }

    @Override
    public synchronized List<StoredRule> rules() {
        return List.copyOf(rules.values());
    }

    @Override
    public synchronized boolean put(StoredRule rule, long seen) {
        if (revision(rule.id()) != seen) {
            return false;
        }
        rules.put(rule.id(), rule);
        return true;
    }

    @Override
    public synchronized boolean delete(String id, long seen) {
        if (rules.containsKey(id) && revision(id) == seen) {
            rules.remove(id);
            return true;
        }
        if (!rows.containsKey(id) || revision(id) != seen) {
            return false;
        }
        rows.remove(id);
        return true;
    }

    private long revision(String id) {
        StoredRule rule = rules.get(id);
        if (rule != null) {
            return rule.revision();
        }
        ExperimentDefinition row = rows.get(id);
        return row == null ? ABSENT : row.revision();
    }
}

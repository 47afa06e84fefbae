package dev.freshet.experiment.definition;

import dev.freshet.example.Example;
import dev.freshet.experiment.Experiment;
import dev.freshet.model.experiment.Definition;
import dev.freshet.model.experiment.Definitions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Converts stored definitions to examples, from which the model learns them. */
public record DefinitionExamples(Experiments experiments, InstantSource clock) {

    /** Returns the announcement of a definition as it is stored. */
    static Example.ExperimentChanged of(ExperimentDefinition stored) {
        Experiment experiment = stored.experiment();
        return new Example.ExperimentChanged(
                stored.id(),
                stored.revision(),
                experiment.running(),
                experiment.salt(),
                Math.toIntExact(experiment.metrics().window().toSeconds()),
                experiment.metrics().currency(),
                stored.document());
    }

    /** Returns the announcements of all stored definitions, by two scans of the table. */
    public List<Example> all() {
        List<Example> all = new ArrayList<>();
        experiments.list().forEach(stored -> all.add(of(stored)));
        experiments.rules().forEach(stored -> all.add(stored.announcement()));
        return all;
    }

    /**
     * Returns what the model misses, by two scans of the table: definitions that it does not know
     * or knows in an older revision, and deletions of those that are not stored any more. What the
     * model knows was stored before it was announced, so it was deleted if the scan does not find
     * it; a deletion counts from before the scan, so that it does not undo a later put.
     *
     * @param known from a model that was read before this call
     */
    public List<Example> missingFrom(Definitions known) {
        long now = clock.millis();
        List<ExperimentDefinition> stored = experiments.list();
        List<Example> missing = new ArrayList<>();
        for (ExperimentDefinition definition : stored) {
            if (definition.revision() > known.version(definition.id())) {
                missing.add(of(definition));
            }
        }
        List<StoredRule> rules = experiments.rules();
        for (StoredRule rule : rules) {
            if (rule.revision() > known.version(rule.id())) {
                missing.add(rule.announcement());
            }
        }
        Set<String> ids = stored.stream().map(ExperimentDefinition::id).collect(Collectors.toSet());
        rules.forEach(rule -> ids.add(rule.id()));
        for (Definition definition : known.all()) {
            if (!ids.contains(definition.id())) {
                missing.add(
                        Example.ExperimentChanged.deleted(
                                definition.id(), Math.max(now, definition.version() + 1)));
            }
        }
        return missing;
    }
}

package dev.freshet.recommend;

import dev.freshet.access.ListArm;
import dev.freshet.event.EventTypes;
import dev.freshet.example.Example.Definition;
import dev.freshet.example.Example.DefinitionKind;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.ExperimentReader;
import dev.freshet.experiment.ExperimentSet;
import dev.freshet.model.Model;
import dev.freshet.model.sums.Definitions;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.NamedRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running experiments and the named rules of the model that answers, read from their documents
 * when they change. Safe for many threads.
 *
 * <p>A document that cannot be read, as one of a later release, is left out and logged: a list
 * without an experiment or a rule is better than none. Of more than {@value ListArm#MAX}
 * experiments the first by id are served.
 */
final class ServedDefinitions {
    private static final Logger LOG = LoggerFactory.getLogger(ServedDefinitions.class);

    /** What was read of definitions, and the definitions themselves. */
    record Served(
            Definitions definitions, ExperimentSet experiments, Map<String, NamedRule> rules) {}

    private volatile Served latest = new Served(Definitions.NONE, ExperimentSet.NONE, Map.of());

    /** Returns the running experiments of a model, and its rules by name. */
    Served of(Model model) {
        Definitions definitions = model.experiments();
        Served served = latest;
        if (served.definitions != definitions) {
            served = read(definitions, model.settings().eventTypes());
            latest = served;
        }
        return served;
    }

    private static Served read(Definitions definitions, EventTypes types) {
        List<Experiment> running = new ArrayList<>();
        Map<String, NamedRule> rules = new HashMap<>();
        for (Definition definition : definitions.all()) {
            try {
                if (definition.kind() == DefinitionKind.RULE) {
                    String name = DefinitionKind.RULE.nameOf(definition.id());
                    rules.put(name, NamedRule.read(name, definition.bytes(), types));
                } else if (definition.running() && running.size() < ListArm.MAX) {
                    running.add(ExperimentReader.read(definition, types));
                }
            } catch (InvalidQueryException unreadable) {
                LOG.warn("The definition {} is not served", definition.id(), unreadable);
            }
        }
        return new Served(definitions, ExperimentSet.of(running), Map.copyOf(rules));
    }
}

package dev.freshet.recommend;

import dev.freshet.event.EventTypes;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.ExperimentReader;
import dev.freshet.experiment.ExperimentSet;
import dev.freshet.experiment.enrolment.ListArm;
import dev.freshet.model.Model;
import dev.freshet.model.sums.Definitions;
import dev.freshet.model.sums.Definitions.Definition;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.NamedRule;
import java.nio.charset.StandardCharsets;
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

    private record Read(
            Definitions definitions, ExperimentSet experiments, Map<String, NamedRule> rules) {}

    private volatile Read latest = new Read(Definitions.NONE, ExperimentSet.NONE, Map.of());

    /** Returns the running experiments of a model. */
    ExperimentSet experiments(Model model) {
        return read(model).experiments;
    }

    /** Returns the rules of a model by name. */
    Map<String, NamedRule> rules(Model model) {
        return read(model).rules;
    }

    private Read read(Model model) {
        Definitions definitions = model.experiments();
        Read read = latest;
        if (read.definitions != definitions) {
            EventTypes types = model.settings().eventTypes();
            read = new Read(definitions, running(definitions, types), named(definitions, types));
            latest = read;
        }
        return read;
    }

    private static ExperimentSet running(Definitions definitions, EventTypes types) {
        List<Experiment> running = new ArrayList<>();
        for (Definition definition : definitions.all()) {
            if (definition.running() && running.size() < ListArm.MAX) {
                try {
                    running.add(ExperimentReader.read(definition, types));
                } catch (InvalidQueryException unreadable) {
                    LOG.warn("Experiment {} is not served", definition.id(), unreadable);
                }
            }
        }
        return ExperimentSet.of(running);
    }

    private static Map<String, NamedRule> named(Definitions definitions, EventTypes types) {
        Map<String, NamedRule> rules = new HashMap<>();
        for (Definition definition : definitions.all()) {
            if (definition.isRule()) {
                String name = definition.ruleName();
                try {
                    rules.put(name, NamedRule.read(name, bytes(definition), types));
                } catch (InvalidQueryException unreadable) {
                    LOG.warn("Rule {} is not served", definition.id(), unreadable);
                }
            }
        }
        return Map.copyOf(rules);
    }

    private static byte[] bytes(Definition definition) {
        return definition.document().getBytes(StandardCharsets.UTF_8);
    }
}

package dev.freshet.recommend;

import dev.freshet.event.EventTypes;
import dev.freshet.model.Model;
import dev.freshet.model.experiment.Definition;
import dev.freshet.model.experiment.Definitions;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.NamedRule;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The named rules of the model that answers, read from their documents when they change. Safe for
 * many threads. A document that cannot be read, as one of a later release, is left out and told.
 */
final class ServedRules {
    private static final Logger LOG = LoggerFactory.getLogger(ServedRules.class);

    private record Read(Definitions definitions, Map<String, NamedRule> rules) {}

    private volatile Read latest = new Read(Definitions.NONE, Map.of());

    /** Returns the rules of a model by name. */
    Map<String, NamedRule> of(Model model) {
        Definitions definitions = model.experiments();
        Read read = latest;
        if (read.definitions != definitions) {
            read = new Read(definitions, read(definitions, model.settings().eventTypes()));
            latest = read;
        }
        return read.rules;
    }

    private static Map<String, NamedRule> read(Definitions definitions, EventTypes types) {
        Map<String, NamedRule> rules = new HashMap<>();
        for (Definition definition : definitions.all()) {
            if (definition.isRule()) {
                try {
                    String name = definition.ruleName();
                    rules.put(
                            name,
                            NamedRule.read(
                                    name,
                                    definition.document().getBytes(StandardCharsets.UTF_8),
                                    types));
                } catch (InvalidQueryException unreadable) {
                    LOG.warn("Rule {} is not served", definition.id(), unreadable);
                }
            }
        }
        return Map.copyOf(rules);
    }
}

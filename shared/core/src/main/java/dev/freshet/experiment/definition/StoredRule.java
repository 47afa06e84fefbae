package dev.freshet.experiment.definition;

import dev.freshet.example.Example;
import dev.freshet.model.experiment.Definition;

/**
 * A named rule as its owner put it.
 *
 * @param document JSON, at most {@value dev.freshet.query.NamedRule#MAX_BYTES} bytes of UTF-8
 * @param revision orders all changes of a name, its deletion included
 */
public record StoredRule(String name, String document, long revision) {
    /** Returns the id under which the rule is stored and announced beside the experiments. */
    public String id() {
        return idOf(name);
    }

    /** Returns the id of the rule of a name. */
    public static String idOf(String name) {
        return Definition.RULE_PREFIX + name;
    }

    /** Returns whether an id is that of a rule, so of no experiment. */
    public static boolean isRule(String id) {
        return id.startsWith(Definition.RULE_PREFIX);
    }

    /** Returns the announcement of the rule to the model. */
    Example.ExperimentChanged announcement() {
        return new Example.ExperimentChanged(id(), revision, false, "", 0, null, document);
    }
}

package dev.freshet.experiment;

import dev.freshet.event.EventTypes;
import dev.freshet.model.sums.Definitions.Definition;
import dev.freshet.query.InvalidQueryException;
import java.nio.charset.StandardCharsets;

/**
 * The definition of an experiment or a named rule, as it is stored.
 *
 * @param id of the experiment; of a rule its name after {@value Definition#RULE_PREFIX}
 * @param document JSON as its owner sent it, in UTF-8 at most {@value
 *     dev.freshet.experiment.ExperimentReader#MAX_BYTES} bytes, as a rule
 * @param revision orders all changes of an id, its deletion included. The version of an experiment
 *     does not order them, because a deleted id may begin again with version 1
 */
public record StoredDefinition(String id, String document, long revision) {
    /** Returns the id of the rule of a name. */
    public static String idOfRule(String name) {
        return Definition.RULE_PREFIX + name;
    }

    /** Returns whether an id is that of a rule, so of no experiment. */
    public static boolean isRule(String id) {
        return id.startsWith(Definition.RULE_PREFIX);
    }

    /** Returns whether this is a rule, and no experiment. */
    public boolean isRule() {
        return isRule(id);
    }

    /** Returns the name of the rule. */
    public String ruleName() {
        return id.substring(Definition.RULE_PREFIX.length());
    }

    /**
     * Returns the experiment that is defined.
     *
     * @param types the types of events that conditions can name
     * @throws IllegalStateException if the document breaks a rule
     */
    public Experiment experiment(EventTypes types) {
        try {
            return ExperimentReader.read(bytes(), types);
        } catch (InvalidQueryException broken) {
            throw new IllegalStateException("a stored definition cannot be read", broken);
        }
    }

    /** Returns the document as bytes in UTF-8. */
    public byte[] bytes() {
        return document.getBytes(StandardCharsets.UTF_8);
    }
}

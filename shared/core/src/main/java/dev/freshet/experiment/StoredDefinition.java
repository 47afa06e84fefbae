package dev.freshet.experiment;

import dev.freshet.event.EventTypes;
import dev.freshet.experiment.Experiment.ExperimentStatus;
import dev.freshet.model.sums.Definitions.Definition;
import dev.freshet.query.InvalidQueryException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The definition of an experiment or a named rule, as it is stored.
 *
 * @param id of the experiment; of a rule its name after {@value Definition#RULE_PREFIX}
 * @param document JSON as its owner sent it, in UTF-8 at most {@value
 *     dev.freshet.experiment.ExperimentReader#MAX_BYTES} bytes, as a rule
 * @param revision orders all changes of an id, its deletion included. The version of an experiment
 *     does not order them, because a deleted id may begin again with version 1
 * @param changes of an experiment, the latest last, at most {@value #MAX_CHANGES}; none of a rule
 */
public record StoredDefinition(String id, String document, long revision, List<Change> changes) {
    /** Most changes that are kept; of more, the oldest go. */
    static final int MAX_CHANGES = 50;

    /**
     * A change of the definition of an experiment.
     *
     * @param by the key that the change was sent with, with its name where it has one, or the ARN
     *     of a signed caller
     * @param traffic share of the slots in use from then on
     */
    public record Change(
            Instant at, String by, long version, ExperimentStatus status, double traffic) {}

    public StoredDefinition {
        changes = List.copyOf(changes);
    }

    /** A definition without a log. */
    public StoredDefinition(String id, String document, long revision) {
        this(id, document, revision, List.of());
    }

    /** Returns these changes and another one, without the oldest beyond {@value #MAX_CHANGES}. */
    List<Change> changesWith(Change next) {
        return Stream.concat(changes.stream(), Stream.of(next))
                .skip(Math.max(0, changes.size() + 1 - MAX_CHANGES))
                .toList();
    }

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

package dev.freshet.experiment;

import dev.freshet.event.EventTypes;
import dev.freshet.example.Example.DefinitionKind;
import dev.freshet.experiment.Experiment.ExperimentStatus;
import dev.freshet.query.InvalidQueryException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A definition as it is stored.
 *
 * @param id of its kind and name
 * @param document JSON as its owner sent it, in UTF-8 at most {@value
 *     dev.freshet.example.Example.Definition#MAX_BYTES} bytes
 * @param revision orders all changes of an id, its deletion included. The version of an experiment
 *     does not order them, because a deleted id may begin again with version 1
 * @param changes of an experiment, the latest last, at most {@value #MAX_CHANGES}; none of other
 *     kinds
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

    /** Returns what is defined. */
    public DefinitionKind kind() {
        return DefinitionKind.of(id);
    }

    /** Returns the name under which its owner knows it. */
    public String name() {
        return kind().nameOf(id);
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

package dev.freshet.experiment;

import dev.freshet.event.EventTypes;
import dev.freshet.query.InvalidQueryException;
import java.nio.charset.StandardCharsets;

/**
 * A definition with the document that it was read from.
 *
 * @param document JSON as its owner sent it, at most {@value ExperimentReader#MAX_BYTES} bytes of
 *     UTF-8
 * @param revision orders all changes of an id, its deletion included; {@link #NOT_STORED} for a
 *     definition that nobody has stored yet. The version of the experiment does not order them,
 *     because a deleted id may begin again with version 1
 */
public record ExperimentDefinition(Experiment experiment, String document, long revision) {
    /** The revision of a definition that is not stored. */
    public static final long NOT_STORED = 0;

    /**
     * Reads a definition.
     *
     * @param document UTF-8
     * @param types the types of events that conditions can name
     * @throws InvalidQueryException if it breaks a rule
     */
    public static ExperimentDefinition read(byte[] document, EventTypes types) {
        return new ExperimentDefinition(
                ExperimentReader.read(document, types),
                new String(document, StandardCharsets.UTF_8),
                NOT_STORED);
    }

    /**
     * Reads a definition that was stored.
     *
     * @param types the types of events that conditions can name
     * @throws IllegalStateException if it breaks a rule
     */
    static ExperimentDefinition of(StoredDefinition stored, EventTypes types) {
        try {
            return read(stored.bytes(), types).revised(stored.revision());
        } catch (InvalidQueryException broken) {
            throw new IllegalStateException("a stored definition cannot be read", broken);
        }
    }

    /** Returns this definition as it is stored under a revision. */
    public ExperimentDefinition revised(long next) {
        return new ExperimentDefinition(experiment, document, next);
    }

    /** Returns this definition as the store has it. */
    public StoredDefinition stored() {
        return new StoredDefinition(id(), document, revision);
    }

    public String id() {
        return experiment.id();
    }

    public long version() {
        return experiment.version();
    }
}

package dev.freshet.experiment.definition;

import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.ExperimentReader;
import dev.freshet.experiment.InvalidExperimentException;
import java.nio.charset.StandardCharsets;

/**
 * A definition with the document that it was read from.
 *
 * @param document JSON as its owner sent it, at most {@value ExperimentReader#MAX_BYTES} bytes of
 *     UTF-8
 */
public record ExperimentDefinition(Experiment experiment, String document) {

    /**
     * Reads a definition.
     *
     * @param document UTF-8
     * @throws InvalidExperimentException if it breaks a rule
     */
    public static ExperimentDefinition read(byte[] document) {
        return new ExperimentDefinition(
                ExperimentReader.read(document), new String(document, StandardCharsets.UTF_8));
    }

    /**
     * Reads a definition that was stored.
     *
     * @throws IllegalStateException if it breaks a rule
     */
    public static ExperimentDefinition stored(String document) {
        try {
            return read(document.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidExperimentException broken) {
            throw new IllegalStateException("a stored definition cannot be read", broken);
        }
    }

    public String id() {
        return experiment.id();
    }

    public long version() {
        return experiment.version();
    }
}

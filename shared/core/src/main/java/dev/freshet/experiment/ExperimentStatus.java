package dev.freshet.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an experiment is in its life. */
public enum ExperimentStatus {
    /** Defined, and nobody is assigned. */
    DRAFT,
    /** Users are assigned, and outcomes are counted. */
    RUNNING,
    /** Nobody is assigned any more; the results remain. */
    STOPPED;

    /** Returns the name in definitions and answers: {@code running}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

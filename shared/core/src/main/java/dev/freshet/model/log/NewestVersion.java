package dev.freshet.model.log;

import dev.freshet.model.log.ModelArchive.StoredObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest version of a model as its trainer announced it, so that a replica learns by one small
 * read whether anything is new and what to load. It is written after the row of the version and may
 * be older than the log's end, never newer.
 *
 * @param modelId the model
 * @param version the version, from 1
 * @param delta the object of its delta
 * @param at when the version was made
 * @param span an object that holds the deltas of the last versions up to this one, where they
 *     follow each other faster than replicas read; else null
 */
public record NewestVersion(
        String modelId, long version, StoredObject delta, Instant at, @Nullable Span span) {

    /**
     * Several consecutive deltas as one object.
     *
     * @param first the first version that it holds
     */
    public record Span(long first, StoredObject object) {}

    public NewestVersion {
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1");
        }
        if (span != null && (span.first() < 1 || span.first() > version)) {
            throw new IllegalArgumentException(
                    "a span of versions that end with "
                            + version
                            + " cannot begin with "
                            + span.first());
        }
    }

    /** Returns whether a model of this version can be brought to this one by one object. */
    boolean follows(long from) {
        return from == version - 1 || (span != null && from >= span.first() - 1 && from < version);
    }
}

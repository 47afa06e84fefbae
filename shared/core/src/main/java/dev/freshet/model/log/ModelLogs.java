package dev.freshet.model.log;

import java.math.BigInteger;
import java.util.Optional;

/**
 * The port to the logs of a stack's models and to the choice of the current one. Every method may
 * throw {@link dev.freshet.store.StoreUnavailableException}.
 */
public interface ModelLogs {
    /**
     * The state of a stack's models.
     *
     * @param current id of the model that is served and trained
     * @param next id of the model that a replay is building, or empty
     * @param reached the sequence number in {@code examples} up to which {@code next} or, after the
     *     cutover, {@code current} was rebuilt; 0 if there was no replay
     * @param revision number of changes so far
     */
    record Head(String current, Optional<String> next, BigInteger reached, long revision) {
        /** Returns the initial state of a stack. */
        public static Head first(String modelId) {
            return new Head(modelId, Optional.empty(), BigInteger.ZERO, 0);
        }

        /**
         * Returns the state in which a replay builds this model and has reached this sequence
         * number.
         */
        public Head building(String modelId, BigInteger upTo) {
            return new Head(current, Optional.of(modelId), upTo, revision + 1);
        }

        /** Returns the state in which the model that was being built is the current one. */
        public Head switched() {
            return new Head(next.orElseThrow(), Optional.empty(), reached, revision + 1);
        }
    }

    /** Returns the state by a cheap read that may be a second old; for serving. */
    Head glance();

    /** Returns the state by a consistent read; for writing. */
    Head head();

    /**
     * Replaces a state by another.
     *
     * @return false when {@code from} is no longer the stored state
     */
    boolean move(Head from, Head to);

    /**
     * Returns the newest version that was announced, by the cheapest read there is, which may be a
     * second old; empty where none was.
     */
    Optional<NewestVersion> newest();

    /**
     * Announces a version after its row was stored. An announcement of the same model that is as
     * new or newer stays.
     */
    void announce(NewestVersion newest);

    /** Returns the log of this model. */
    ModelLog log(String modelId);

    /** Returns the log of the current model. */
    default ModelLog currentLog() {
        return log(glance().current());
    }

    /**
     * Returns the logs of a stack with a single model, which is always the current one and whose
     * versions are not announced.
     */
    static ModelLogs only(ModelLog log) {
        Head head = Head.first("");
        return new ModelLogs() {
            @Override
            public Head glance() {
                return head;
            }

            @Override
            public Head head() {
                return head;
            }

            @Override
            public boolean move(Head from, Head to) {
                return false;
            }

            @Override
            public Optional<NewestVersion> newest() {
                return Optional.empty();
            }

            @Override
            public void announce(NewestVersion newest) {}

            @Override
            public ModelLog log(String modelId) {
                return log;
            }
        };
    }

    /**
     * Returns the sequence number in {@code examples} that a log has reached; 0 for an empty one.
     */
    static BigInteger position(ModelLog log) {
        return log.head().map(ModelLog.Version::position).orElse(BigInteger.ZERO);
    }
}

package dev.freshet.model.log;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Port: the logs of a stack's models, and which of them is current. Every method may throw {@link
 * dev.freshet.store.StoreUnavailableException}.
 */
public interface ModelLogs {
    /**
     * Where the stack stands.
     *
     * @param current the model that is served and trained
     * @param next the one that a replay is building, or empty
     * @param reached the sequence number in {@code examples} up to which {@code next}, or after the
     *     switch {@code current}, was rebuilt; 0 when nothing was
     * @param revision counts the changes, from 0 where there was none
     */
    record Head(String current, Optional<String> next, BigInteger reached, long revision) {
        /** Where a stack begins. */
        public static Head first(String modelId) {
            return new Head(modelId, Optional.empty(), BigInteger.ZERO, 0);
        }

        /** A replay builds this model and has got so far. */
        public Head building(String modelId, BigInteger upTo) {
            return new Head(current, Optional.of(modelId), upTo, revision + 1);
        }

        /** The model that was being built is current. */
        public Head switched() {
            return new Head(next.orElseThrow(), Optional.empty(), reached, revision + 1);
        }
    }

    /** A cheap look, which may be a second old: for those who serve. */
    Head glance();

    /** A consistent look: for those who write. */
    Head head();

    /**
     * Puts a head in the place of another.
     *
     * @return false when that is no longer the head
     */
    boolean move(Head from, Head to);

    /** The log of this model. */
    ModelLog log(String modelId);

    /** The log of the model that is current now. */
    default ModelLog currentLog() {
        return log(glance().current());
    }

    /** A single model, which stays current. */
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
            public ModelLog log(String modelId) {
                return log;
            }
        };
    }

    /** How far in {@code examples} a log has come; 0 for an empty one. */
    static BigInteger position(ModelLog log) {
        return log.head().map(ModelLog.Version::position).orElse(BigInteger.ZERO);
    }
}

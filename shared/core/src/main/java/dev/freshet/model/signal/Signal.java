package dev.freshet.model.signal;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.freshet.model.history.HistoryLength;

/**
 * One number that the blend knows about an item, for one user at one moment.
 *
 * @param at position in signal vectors, from 0, never reused while a model log holds it
 * @param name lower case, unique: {@code log-co-occurrence}
 * @param source what the signal's part of a score is attributed to
 * @param thin weight that learning starts from and is drawn back to, in log odds per unit of the
 *     signal, for users of {@link HistoryLength#THIN}
 * @param medium the starting weight for {@link HistoryLength#MEDIUM}
 * @param full the starting weight for {@link HistoryLength#LONG}
 * @param leastUnit the smallest standard deviation among candidates that the weight is learned in
 *     units of, > 0: what the signal varies by at least on a site with days of history
 */
public record Signal(
        int at,
        @JsonValue String name,
        Source source,
        float thin,
        float medium,
        float full,
        float leastUnit) {
    /** The least unit of most signals, which are logarithms of counts or hours. */
    static final float LEAST_UNIT = 0.5f;

    /** Returns a signal that starts without weight. */
    static Signal of(int at, String name, Source source) {
        return of(at, name, source, 0, 0, 0);
    }

    /** Returns a signal with a starting weight for each length of history. */
    static Signal of(int at, String name, Source source, float thin, float medium, float full) {
        return new Signal(at, name, source, thin, medium, full, LEAST_UNIT);
    }

    /** Returns this signal with another least unit. */
    Signal leastUnit(float unit) {
        return new Signal(at, name, source, thin, medium, full, unit);
    }

    /** Returns the weight that learning starts from for users with this length of history. */
    public float startingWeight(HistoryLength history) {
        return switch (history) {
            case THIN -> thin;
            case MEDIUM -> medium;
            case LONG -> full;
        };
    }
}

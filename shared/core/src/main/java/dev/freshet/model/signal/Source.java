package dev.freshet.model.signal;

import static dev.freshet.check.Check.require;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where a candidate comes from, and what a part of its score is attributed to.
 *
 * @param index from 0 to {@value #MAX}, never reused: the bit in exposure tokens and the position
 *     in arrays by source
 * @param wireName the name in reasons, reports and metrics: {@code co-occurrence}
 */
public record Source(int index, @JsonValue String wireName) {
    /** Largest index that fits the bit set of an exposure token. */
    public static final int MAX = 15;

    public Source {
        require(index >= 0 && index <= MAX, "A source has an index from 0 to " + MAX);
    }

    /** Returns the source's bit in exposure tokens. */
    public int bit() {
        return 1 << index;
    }
}

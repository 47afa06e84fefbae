package dev.freshet.batch;

import java.io.Serializable;

/**
 * What is known of a pair of items: a sum over people.
 *
 * @param shares in 2⁻³² units
 * @param people who took both
 */
record Pair(long shares, int people) implements Serializable {
    Pair plus(Pair other) {
        return new Pair(shares + other.shares, people + other.people);
    }
}

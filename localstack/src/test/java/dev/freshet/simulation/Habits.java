package dev.freshet.simulation;

import java.time.Duration;

/** How readers behave: the usual, but for what is said. */
final class Habits {
    /** Items in the catalogue. */
    static final int ITEMS = 12;

    int people = 8;
    int requests = 5;
    double onOneItem = 0.1;
    double resends;
    Duration skew = Duration.ZERO;
    double retractions = 0.1;
    boolean aliases;
    Duration pause = Duration.ofSeconds(4);

    Habits people(int count) {
        people = count;
        return this;
    }

    /** Of each. */
    Habits requests(int count) {
        requests = count;
        return this;
    }

    /** The share of events that are on one item. */
    Habits onOneItem(double share) {
        onOneItem = share;
        return this;
    }

    /** The share of requests that are sent again though they were taken. */
    Habits resending(double share) {
        resends = share;
        return this;
    }

    /** The most by which a reader's clock is wrong, one way or the other. */
    Habits skewed(Duration most) {
        skew = most;
        return this;
    }

    /** The share of events that take back another. */
    Habits retracting(double share) {
        retractions = share;
        return this;
    }

    /** The longest between two requests of one reader. */
    Habits pausing(Duration atMost) {
        pause = atMost;
        return this;
    }

    /** Some anonymous readers turn out to be known ones. */
    Habits withAliases() {
        aliases = true;
        return this;
    }
}

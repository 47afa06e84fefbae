package dev.freshet.simulation;

import java.time.Duration;

/** Behaviour of the simulated users: defaults with changes. */
final class UserBehaviour {
    /** Number of items in the catalogue. */
    static final int ITEMS = 12;

    int people = 8;
    int requests = 5;
    double onOneItem = 0.1;
    double resends;
    Duration skew = Duration.ZERO;
    double retractions = 0.1;
    boolean aliases;
    boolean clicks;
    Duration pause = Duration.ofSeconds(4);

    UserBehaviour people(int count) {
        people = count;
        return this;
    }

    /** Sets the number of requests of each user. */
    UserBehaviour requests(int count) {
        requests = count;
        return this;
    }

    /** Sets the share of events on one item. */
    UserBehaviour onOneItem(double share) {
        onOneItem = share;
        return this;
    }

    /** Sets the share of requests that are sent again although they were accepted. */
    UserBehaviour resending(double share) {
        resends = share;
        return this;
    }

    /** Sets the maximum clock skew of a user, in either direction. */
    UserBehaviour skewed(Duration most) {
        skew = most;
        return this;
    }

    /** Sets the share of events that retract another one. */
    UserBehaviour retracting(double share) {
        retractions = share;
        return this;
    }

    /** Sets the maximum time between two requests of one user. */
    UserBehaviour pausing(Duration atMost) {
        pause = atMost;
        return this;
    }

    /** Lets users click and nothing else, so that every interaction is learned from. */
    UserBehaviour clicking() {
        clicks = true;
        retractions = 0;
        return this;
    }

    /** Lets some anonymous users be identified later. */
    UserBehaviour withAliases() {
        aliases = true;
        return this;
    }
}

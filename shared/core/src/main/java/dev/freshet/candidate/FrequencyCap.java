package dev.freshet.candidate;

import java.time.Duration;
import java.time.Instant;

/**
 * How often an item may be shown to a user who does not interact with it. Showings are counted as
 * long as no day passes between two of them, so a longer rest would not be known.
 *
 * @param shows after which the item rests, 0 to {@value #MAX_SHOWS}; 0 for no cap
 * @param rest from the last showing, after which the item is shown once more; at most a day
 */
public record FrequencyCap(int shows, Duration rest) {
    public static final int MAX_SHOWS = 100;
    public static final Duration LONGEST_REST = Duration.ofDays(1);

    /** The cap of a stack that does not say otherwise. */
    public static final FrequencyCap DEFAULT = new FrequencyCap(4, LONGEST_REST);

    public FrequencyCap {
        if (shows < 0 || shows > MAX_SHOWS) {
            throw new IllegalArgumentException("A cap is of 0 to " + MAX_SHOWS + " showings");
        }
        if (rest.isNegative() || rest.compareTo(LONGEST_REST) > 0) {
            throw new IllegalArgumentException("An item rests for a day at most");
        }
    }

    boolean isOff() {
        return shows == 0;
    }

    /** Returns whether an item that was shown so often, and last at this time, rests now. */
    boolean holdsBack(int shown, Instant last, Instant now) {
        return !isOff() && shown >= shows && last.isAfter(now.minus(rest));
    }
}

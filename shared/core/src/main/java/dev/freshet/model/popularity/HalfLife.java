package dev.freshet.model.popularity;

import java.time.Duration;

/**
 * The half-lives of decayed counts. Each is about five times the one before: short ones show what
 * is rising, long ones what remains popular.
 */
public enum HalfLife implements TopLists.Order {
    HALF_HOUR(1_800),
    /** The shorter half-life of the counts per country and device. */
    TWO_HOURS(7_200),
    TWELVE_HOURS(43_200),
    /** The longer half-life of the counts per country and device. */
    THREE_DAYS(259_200),
    TWO_WEEKS(1_209_600);

    private final int seconds;

    HalfLife(int seconds) {
        this.seconds = seconds;
    }

    /** Returns the index of this half-life, shortest first. */
    @SuppressWarnings("EnumOrdinal") // the order is part of the format
    public int at() {
        return ordinal();
    }

    public int seconds() {
        return seconds;
    }

    public Duration duration() {
        return Duration.ofSeconds(seconds);
    }

    /**
     * Returns whether counts per country and device are kept at this half-life. Counts per tag
     * exist at every half-life.
     */
    public boolean scoped() {
        return this == TWO_HOURS || this == THREE_DAYS;
    }
}

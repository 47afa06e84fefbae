package dev.freshet.model.popularity;

import java.time.Duration;

/**
 * How fast a decayed count forgets. Each is about five times the one before: what is rising, and
 * what lasts.
 */
public enum HalfLife {
    HALF_HOUR(1_800),
    /** Also kept per country and device: the short one. */
    TWO_HOURS(7_200),
    TWELVE_HOURS(43_200),
    /** Also kept per country and device: the long one. */
    THREE_DAYS(259_200),
    TWO_WEEKS(1_209_600);

    private final int seconds;

    HalfLife(int seconds) {
        this.seconds = seconds;
    }

    /** Where it stands among the others, shortest first. */
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

    /** Whether it is kept per country and device too; tags have all of them. */
    public boolean scoped() {
        return this == TWO_HOURS || this == THREE_DAYS;
    }
}

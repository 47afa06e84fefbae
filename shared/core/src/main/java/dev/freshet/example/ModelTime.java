package dev.freshet.example;

import java.time.Instant;

/**
 * Event time as the model stores it: whole seconds since 2000-01-01T00:00Z in an int, for the years
 * 1932 to 2068; 0 means never.
 */
public final class ModelTime {
    /** 2000-01-01T00:00Z in epoch seconds. */
    static final long ORIGIN = 946_684_800L;

    public static final int NEVER = 0;

    public static final int SECONDS_PER_DAY = 86_400;

    private ModelTime() {}

    /**
     * Returns the time of an instant, clamped to the range of an int; the one second that would
     * read as never becomes the next.
     */
    public static int of(Instant at) {
        int time = Math.clamp(at.getEpochSecond() - ORIGIN, Integer.MIN_VALUE, Integer.MAX_VALUE);
        return time == NEVER ? 1 : time;
    }

    public static long epochSeconds(int time) {
        return time + ORIGIN;
    }

    public static Instant instant(int time) {
        return Instant.ofEpochSecond(epochSeconds(time));
    }

    /** Returns the UTC day, counted from 2000-01-01. */
    public static int day(int time) {
        return Math.floorDiv(time, SECONDS_PER_DAY);
    }
}

package dev.freshet.model.blend;

import java.util.stream.IntStream;

/**
 * What is the same for all items of one request and may change what signals are worth.
 *
 * @param history how much is known of the reader: 0 thin, 1 medium, 2 long
 * @param device one of {@value #DEVICES} kinds, or {@value #UNKNOWN}
 * @param hour quarter of the reader's day: 0 night, 1 morning, 2 day, 3 evening, or {@value
 *     #UNKNOWN}
 * @param sitting whether the reader's latest act was just before: {@value #SITTING}, or {@value
 *     #BACK} after a while, or {@value #UNKNOWN}
 */
public record ContextBucket(int history, int device, int hour, int sitting) {
    public static final int UNKNOWN = -1;
    public static final int HISTORIES = 3;
    public static final int DEVICES = 4;
    public static final int HOURS = 4;
    public static final int SITTING = 0;
    public static final int BACK = 1;
    static final int SITTINGS = 2;

    /**
     * Classes of item age: at most three events, else first met within a day, a week, or before.
     */
    public static final int AGES = 4;

    public static final int FEW_EVENTS = 0;
    public static final int WITHIN_A_DAY = 1;
    public static final int WITHIN_A_WEEK = 2;
    public static final int OLDER = 3;

    static final int FIRST_DEVICE = HISTORIES;
    static final int FIRST_HOUR = FIRST_DEVICE + DEVICES;
    static final int FIRST_SITTING = FIRST_HOUR + HOURS;
    static final int FIRST_AGE = FIRST_SITTING + SITTINGS;

    /** Rows of weights: one for each value of each. */
    static final int ROWS = FIRST_AGE + AGES;

    public ContextBucket {
        if (history < 0
                || history >= HISTORIES
                || device < UNKNOWN
                || device >= DEVICES
                || hour < UNKNOWN
                || hour >= HOURS
                || sitting < UNKNOWN
                || sitting >= SITTINGS) {
            throw new IllegalArgumentException("no such circumstance");
        }
    }

    /**
     * The kind of a device by its wire name: phones, tablets, desktops, and all others together.
     */
    public static int device(String device) {
        return switch (device) {
            case "mobile" -> 0;
            case "tablet" -> 1;
            case "desktop" -> 2;
            default -> 3;
        };
    }

    /** The quarter of the day that an hour, 0 to 23, lies in. */
    public static int quarter(int hour) {
        return hour / 6;
    }

    /** The row of its history. The others are −1 where unknown. */
    int historyRow() {
        return history;
    }

    int deviceRow() {
        return device == UNKNOWN ? UNKNOWN : FIRST_DEVICE + device;
    }

    int hourRow() {
        return hour == UNKNOWN ? UNKNOWN : FIRST_HOUR + hour;
    }

    int sittingRow() {
        return sitting == UNKNOWN ? UNKNOWN : FIRST_SITTING + sitting;
    }

    /** The rows of offsets that hold here, without the item's age. */
    int[] offsetRows() {
        return IntStream.of(deviceRow(), hourRow(), sittingRow()).filter(row -> row >= 0).toArray();
    }
}

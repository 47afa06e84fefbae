package dev.freshet.model.blend;

import static dev.freshet.check.Check.require;

import java.util.stream.IntStream;

/**
 * The properties of a request that are equal for all its items and select the weights of the
 * signals.
 *
 * @param history class of the user's history: 0 thin, 1 medium, 2 long
 * @param device one of {@value #DEVICES} kinds, or {@value #UNKNOWN}
 * @param hour quarter of the user's day: 0 night, 1 morning, 2 day, 3 evening, or {@value #UNKNOWN}
 * @param session {@value #CONTINUING} if the user's latest action was just before, {@value
 *     #RETURNING} if it was a while ago, or {@value #UNKNOWN}
 */
public record ContextBucket(int history, int device, int hour, int session) {
    /** The value of an unknown property. */
    public static final int UNKNOWN = -1;

    /** The number of classes of history. */
    public static final int HISTORIES = 3;

    /** The number of kinds of devices. */
    public static final int DEVICES = 4;

    /** The number of parts of the day. */
    public static final int HOURS = 4;

    /** The user's session continues. */
    public static final int CONTINUING = 0;

    /** The user has returned after a while. */
    public static final int RETURNING = 1;

    static final int SESSIONS = 2;

    /**
     * The number of classes of item age: at most three events; else first interaction within a day,
     * within a week, or earlier.
     */
    public static final int AGES = 4;

    /** The class of items with at most three events. */
    public static final int FEW_EVENTS = 0;

    /** The class of items whose first interaction was within a day. */
    public static final int WITHIN_A_DAY = 1;

    /** The class of items whose first interaction was within a week. */
    public static final int WITHIN_A_WEEK = 2;

    /** The class of all other items. */
    public static final int OLDER = 3;

    /**
     * The number of classes of items: the class of age, and {@link #AGES} more for an item that the
     * user interacted with before.
     */
    public static final int CLASSES = 2 * AGES;

    static final int FIRST_DEVICE = HISTORIES;
    static final int FIRST_HOUR = FIRST_DEVICE + DEVICES;
    static final int FIRST_SESSION = FIRST_HOUR + HOURS;
    static final int FIRST_AGE = FIRST_SESSION + SESSIONS;

    /**
     * The row of the offsets of repeats, then those of repeats by session and by history. What the
     * blend learns of repeats it learns in these rows alone, so repeats do not change how items are
     * ranked that are new to the user.
     */
    static final int REPEAT = FIRST_AGE + AGES;

    private static final int REPEAT_SESSION = REPEAT + 1;
    private static final int REPEAT_HISTORY = REPEAT_SESSION + SESSIONS;

    /** The number of rows of weights: one for each value of each property. */
    static final int ROWS = REPEAT_HISTORY + HISTORIES;

    public ContextBucket {
        require(
                history >= 0
                        && history < HISTORIES
                        && device >= UNKNOWN
                        && device < DEVICES
                        && hour >= UNKNOWN
                        && hour < HOURS
                        && session >= UNKNOWN
                        && session < SESSIONS,
                "a property of the context is out of range");
    }

    /**
     * Returns the kind of a device by its name in events: phones, tablets, desktops, and all others
     * together.
     */
    public static int device(String device) {
        return switch (device) {
            case "mobile" -> 0;
            case "tablet" -> 1;
            case "desktop" -> 2;
            default -> 3;
        };
    }

    /** Returns the quarter of the day that contains an hour, 0 to 23. */
    public static int quarter(int hour) {
        return hour / 6;
    }

    /** Returns whether a class is one of items that the user interacted with before. */
    static boolean isRepeat(int itemClass) {
        return itemClass >= AGES;
    }

    /** Returns the rows of offsets of repeats beside {@link #REPEAT}. */
    int[] repeatRows() {
        return session == UNKNOWN
                ? new int[] {REPEAT_HISTORY + history}
                : new int[] {REPEAT_HISTORY + history, REPEAT_SESSION + session};
    }

    /** Returns the row of the history's weights. */
    int historyRow() {
        return history;
    }

    /** Returns the rows of offsets that apply to this context, without that of the item's age. */
    int[] offsetRows() {
        return IntStream.of(
                        row(FIRST_DEVICE, device),
                        row(FIRST_HOUR, hour),
                        row(FIRST_SESSION, session))
                .filter(row -> row >= 0)
                .toArray();
    }

    private static int row(int first, int number) {
        return number == UNKNOWN ? UNKNOWN : first + number;
    }
}

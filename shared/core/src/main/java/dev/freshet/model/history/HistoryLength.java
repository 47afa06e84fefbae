package dev.freshet.model.history;

/**
 * Classes of users by the number of distinct items they interacted with. Each class has its own
 * signal weights.
 */
public enum HistoryLength {
    /** At most 3 items. */
    THIN,
    /** 4 to 15 items. */
    MEDIUM,
    /** More than 15 items. */
    LONG;

    /** Returns the index of this class, shortest history first. */
    @SuppressWarnings("EnumOrdinal") // the order is part of the format
    public int at() {
        return ordinal();
    }

    /** Returns the class of a user with this many distinct items. */
    public static HistoryLength of(int interactions) {
        return interactions <= 3 ? THIN : interactions <= 15 ? MEDIUM : LONG;
    }
}

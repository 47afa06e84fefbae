package dev.freshet.model.history;

/** How much is known of the reader; each situation has weights of its own. */
public enum HistoryLength {
    /** At most 3 items met. */
    THIN,
    /** 4 to 15. */
    MEDIUM,
    /** More than 15. */
    LONG;

    /** Where it stands among the others, least first. */
    @SuppressWarnings("EnumOrdinal") // the order is part of the format
    public int at() {
        return ordinal();
    }

    /** Of a reader who met so many distinct items. */
    public static HistoryLength of(int interactions) {
        return interactions <= 3 ? THIN : interactions <= 15 ? MEDIUM : LONG;
    }
}

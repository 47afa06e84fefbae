package dev.freshet.example;

import java.util.Arrays;
import java.util.Optional;

/** What became of a list that was shown. */
public enum OutcomeKind {
    /** A click within the click window. */
    CLICK(1),
    /** A click after the click window, while the list's token was still valid. */
    LATE_CLICK(2),
    /** A purchase, or an event of another type that the owner counts as a conversion. */
    CONVERSION(3),
    /** An item of the list that the user hid or disliked. */
    HIDE(4);

    private final int number;

    OutcomeKind(int number) {
        this.number = number;
    }

    /** Returns the number by which this kind is stored; it is not reused. */
    public int number() {
        return number;
    }

    /** Returns the kind of a number. */
    public static Optional<OutcomeKind> ofNumber(int number) {
        return Arrays.stream(values()).filter(kind -> kind.number == number).findFirst();
    }

    /** Returns whether this is a click, in time or late. */
    public boolean isClick() {
        return this == CLICK || this == LATE_CLICK;
    }
}

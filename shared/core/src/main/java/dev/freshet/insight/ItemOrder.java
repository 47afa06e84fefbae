package dev.freshet.insight;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** The lists of items that an owner can ask for. */
public enum ItemOrder {
    /** Items that are read longest first. */
    ATTENTION,
    /** Items that rose most against the hour before first. */
    RISING,
    /** Items that were never shown, the newest first. */
    NEVER_SHOWN,
    /** Items that were shown often and clicked little, the most shown first. */
    SHOWN_IN_VAIN;

    /** Returns the name in questions and answers. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the order of a name. */
    public static Optional<ItemOrder> ofName(String name) {
        for (ItemOrder order : values()) {
            if (order.wireName().equals(name)) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }
}

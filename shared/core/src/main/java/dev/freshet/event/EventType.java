package dev.freshet.event;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The kinds of behaviour that Freshet understands, each with the kind of value that it carries. */
public enum EventType {
    VIEW(ValueKind.NONE),
    CLICK(ValueKind.NONE),
    SCROLL(ValueKind.PERCENT),
    DWELL(ValueKind.SECONDS),
    SUBMIT(ValueKind.NONE),
    PLAY(ValueKind.PERCENT),
    SHARE(ValueKind.NONE),
    LIKE(ValueKind.NONE),
    BOOKMARK(ValueKind.NONE),
    COMMENT(ValueKind.NONE),
    FOLLOW(ValueKind.NONE),
    PURCHASE(ValueKind.MONEY),
    RATING(ValueKind.STARS),
    IMPRESSION(ValueKind.NONE),
    DISLIKE(ValueKind.NONE),
    HIDE(ValueKind.NONE);

    /** What {@code value} means for a type; the unit of the number sent. */
    public enum ValueKind {
        NONE,
        /** 0 to 100. */
        PERCENT,
        /** 0 to 86,400. */
        SECONDS,
        /** 0.5 to 5. */
        STARS,
        /** An amount and an ISO 4217 currency. */
        MONEY
    }

    private static final Map<String, EventType> BY_WIRE_NAME = new HashMap<>();

    static {
        for (EventType type : values()) {
            BY_WIRE_NAME.put(type.wireName(), type);
        }
    }

    private final ValueKind valueKind;

    EventType(ValueKind valueKind) {
        this.valueKind = valueKind;
    }

    public ValueKind valueKind() {
        return valueKind;
    }

    /** The lower-case name used in JSON, in rows and on the stream. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<EventType> ofWireName(String name) {
        return Optional.ofNullable(BY_WIRE_NAME.get(name));
    }
}

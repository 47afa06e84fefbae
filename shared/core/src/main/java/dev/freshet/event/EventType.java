package dev.freshet.event;

import static dev.freshet.event.EventType.TargetRule.OPTIONAL;
import static dev.freshet.event.EventType.TargetRule.REQUIRED;
import static dev.freshet.event.EventType.ValueKind.MONEY;
import static dev.freshet.event.EventType.ValueKind.NONE;
import static dev.freshet.event.EventType.ValueKind.PERCENT;
import static dev.freshet.event.EventType.ValueKind.SECONDS;
import static dev.freshet.event.EventType.ValueKind.STARS;
import static dev.freshet.event.Strengths.StrengthCurve.constant;
import static dev.freshet.event.Strengths.StrengthCurve.through;

import dev.freshet.event.Strengths.StrengthCurve;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The types of events, each with everything that the product knows about it: its number in stored
 * bytes, the kind of value it carries, its default strength, its sign, the verb used in reasons,
 * and whether it needs a target.
 *
 * <p>To add a type, put an entry with the next free number before the slots and add its name to the
 * OpenAPI document. A number is never changed or reused: examples and snapshots that are already
 * stored refer to it.
 *
 * <p>The last {@value #OWN_SLOTS} entries are slots, which owners fill with types of their own.
 * Rows, the stream, examples and models hold the slot; the owner's name for it appears only where a
 * request is read or a response is written ({@link EventTypes}).
 */
public enum EventType {
    // number, value, default strength, sign, verb, target
    VIEW(0, NONE, constant(1), 1, null, OPTIONAL),
    CLICK(1, NONE, constant(1), 1, null, REQUIRED),
    SCROLL(2, PERCENT, through(0, 0, 25, 0.2, 100, 1.5), 1, null, OPTIONAL),
    DWELL(3, SECONDS, through(0, 0, 2, 0.1, 10, 0.5, 30, 1, 120, 2, 300, 3), 1, null, OPTIONAL),
    SUBMIT(4, NONE, constant(2), 1, "filled in", OPTIONAL),
    PLAY(5, PERCENT, through(0, 0.1, 10, 0.5, 50, 1.5, 95, 3), 1, "played", REQUIRED),
    SHARE(6, NONE, constant(3), 1, "shared", OPTIONAL),
    LIKE(7, NONE, constant(2), 1, "liked", REQUIRED),
    BOOKMARK(8, NONE, constant(3), 1, "saved", REQUIRED),
    COMMENT(9, NONE, constant(3), 1, "commented on", REQUIRED),
    FOLLOW(10, NONE, constant(3), 1, "followed", REQUIRED),
    PURCHASE(11, MONEY, constant(5), 1, "bought", REQUIRED),
    RATING(12, STARS, through(0.5, -2, 2, -0.5, 3, 0.5, 4, 2, 5, 3), 1, "rated", REQUIRED),
    IMPRESSION(13, NONE, constant(0), 0, null, REQUIRED),
    DISLIKE(14, NONE, constant(-3), -1, null, REQUIRED),
    HIDE(15, NONE, constant(-3), -1, null, REQUIRED),
    CART(16, MONEY, constant(4), 1, "picked", REQUIRED),

    // slots for the types of a site's owner, whose definitions are in EventTypes
    OWN_1(48),
    OWN_2(49),
    OWN_3(50),
    OWN_4(51),
    OWN_5(52),
    OWN_6(53),
    OWN_7(54),
    OWN_8(55),
    OWN_9(56),
    OWN_10(57),
    OWN_11(58),
    OWN_12(59),
    OWN_13(60),
    OWN_14(61),
    OWN_15(62),
    OWN_16(63);

    /** The width of the field that holds a type's number wherever it is packed. */
    public static final int NUMBER_BITS = 6;

    /** The numbers that a type can have are 0 to this, exclusive. */
    public static final int NUMBERS = 1 << NUMBER_BITS;

    /** The kind and unit of the {@code value} that events of a type carry. */
    public enum ValueKind {
        /** Events of the type have no value. */
        NONE(0, 0),
        /** 0 to 100. */
        PERCENT(0, 100),
        /** 0 to 86,400. */
        SECONDS(0, 86_400),
        /** 0.5 to 5. */
        STARS(0.5, 5),
        /** An amount, 0 to 10⁹, and an ISO 4217 currency; optional. */
        MONEY(0, 1e9),
        /** 0 to 10⁹ in a unit of the owner's; of owners' own types only. */
        NUMBER(0, 1e9);

        private final double least;
        private final double most;

        ValueKind(double least, double most) {
            this.least = least;
            this.most = most;
        }

        /** The least value. */
        public double least() {
            return least;
        }

        /** The greatest value. */
        public double most() {
            return most;
        }
    }

    /** Whether events of a type must name a target. */
    public enum TargetRule {
        /** An event without a target is refused. */
        REQUIRED,
        /** An event without a target is about the page as a whole. */
        OPTIONAL
    }

    private static final Map<String, EventType> BY_WIRE_NAME = new HashMap<>();
    private static final @Nullable EventType[] BY_NUMBER = new EventType[NUMBERS];

    static {
        int previous = -1;
        for (EventType type : values()) {
            if (type.number <= previous) {
                throw new IllegalStateException(
                        "the numbers of event types must ascend, but " + type + " does not");
            }
            previous = type.number;
            BY_NUMBER[type.number] = type;
            BY_WIRE_NAME.put(type.wireName(), type);
        }
    }

    private final int number;
    private final ValueKind valueKind;

    @SuppressWarnings("ImmutableEnumChecker") // its arrays are never changed
    private final StrengthCurve strength;

    private final int sign;
    private final @Nullable String verb;
    private final TargetRule targetRule;

    /**
     * Creates a slot for a type of an owner. What belongs to the type is in the owner's definition
     * ({@link EventTypes}); without one, an event in the slot is worth nothing.
     */
    EventType(int number) {
        this(number, ValueKind.NUMBER, constant(0), 0, null, OPTIONAL);
    }

    EventType(
            int number,
            ValueKind valueKind,
            StrengthCurve strength,
            int sign,
            @Nullable String verb,
            TargetRule targetRule) {
        this.number = checked(number);
        this.valueKind = valueKind;
        this.strength = strength;
        this.sign = sign;
        this.verb = verb;
        this.targetRule = targetRule;
    }

    /**
     * Returns a number that fits into {@value #NUMBER_BITS} bits.
     *
     * @throws IllegalArgumentException if it does not fit
     */
    static int checked(int number) {
        if (number < 0 || number >= NUMBERS) {
            throw new IllegalArgumentException(
                    "the number of an event type is 0 to %d, not %d"
                            .formatted(NUMBERS - 1, number));
        }
        return number;
    }

    /** The number that stands for the type in stored bytes, 0 to {@link #NUMBERS} exclusive. */
    public int number() {
        return number;
    }

    /** The number of slots for types of an owner. */
    public static final int OWN_SLOTS = 16;

    private static final int FIRST_OWN = NUMBERS - OWN_SLOTS;

    /** Returns the slot of a number, 1 to {@value #OWN_SLOTS}. */
    static EventType ownSlot(int slot) {
        return ofNumber(FIRST_OWN + slot - 1).orElseThrow();
    }

    /** Whether this is a slot for a type of an owner. */
    public boolean isOwn() {
        return number >= FIRST_OWN;
    }

    /** The kind of value that events of this type carry; a number or money in a slot. */
    public ValueKind valueKind() {
        return valueKind;
    }

    /** The default strength of an event of this type, as a function of its value. */
    StrengthCurve strength() {
        return strength;
    }

    /**
     * What an event of this type says about the user where its strength is not known: 1 for
     * interest, −1 for aversion, 0 for neither.
     */
    public int sign() {
        return sign;
    }

    /**
     * What the user did, in the past tense, for sentences such as "Because you bought this"; empty
     * where the kind of item decides, as in "read" and "watched".
     */
    public Optional<String> verb() {
        return Optional.ofNullable(verb);
    }

    /** Whether events of this type must name a target. */
    public boolean needsTarget() {
        return targetRule == REQUIRED;
    }

    /**
     * The lower-case name used in rows and on the stream, and for all but slots in JSON. Use {@link
     * EventTypes#nameOf} for what a client sees.
     */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of this {@linkplain #wireName name}, or empty. */
    public static Optional<EventType> ofWireName(String name) {
        return Optional.ofNullable(BY_WIRE_NAME.get(name));
    }

    /** The type of this {@linkplain #number number}, or empty. */
    public static Optional<EventType> ofNumber(int number) {
        return number < 0 || number >= NUMBERS
                ? Optional.empty()
                : Optional.ofNullable(BY_NUMBER[number]);
    }
}

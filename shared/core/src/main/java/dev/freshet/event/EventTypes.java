package dev.freshet.event;

import static dev.freshet.check.Check.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.EventType.TargetRule;
import dev.freshet.event.EventType.ValueKind;
import dev.freshet.event.Strengths.StrengthCurve;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The types of events of one stack: those of the product and up to 16 of its owner. It is asked
 * wherever a name of a type comes in or goes out; everything in between holds the {@link
 * EventType}, which for a type of the owner is a numbered slot. The owner names the slot, so that
 * neither a new name nor the removal of a definition changes what is stored.
 */
public final class EventTypes {
    /** The longest text of definitions, in characters. */
    public static final int MAX_TEXT = 1_000;

    /** The types of a stack whose owner has defined none. */
    public static final EventTypes BUILT_IN = new EventTypes();

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
    private static final Pattern SLOT_NAME = Pattern.compile("own_[0-9]+");
    private static final Set<String> MEMBERS = Set.of("slot", "value", "strength", "target");

    private final Map<EventType, Definition> definitions = new EnumMap<>(EventType.class);
    private final Map<String, EventType> slotByName = new HashMap<>();

    /**
     * What a type is in this stack.
     *
     * @param name as clients send it and responses name it
     * @param valueKind of an owner's type any but {@link ValueKind#STARS}, which belongs to ratings
     * @param strength the strength of an event as a function of its value
     */
    private record Definition(
            String name,
            ValueKind valueKind,
            StrengthCurve strength,
            int sign,
            boolean needsTarget) {}

    private EventTypes() {
        for (EventType type : EventType.values()) {
            definitions.put(
                    type,
                    new Definition(
                            type.wireName(),
                            type.valueKind(),
                            type.strength(),
                            type.sign(),
                            type.needsTarget()));
        }
    }

    /**
     * Returns the types of the product and those that a JSON object defines by their names. The
     * value is {@code none} and the target {@code required} where they are left out.
     *
     * <pre>{"try-on": {"slot": 1, "value": "none", "strength": 3, "target": "required"}}</pre>
     *
     * @param json of at most {@value #MAX_TEXT} characters
     * @throws IllegalArgumentException with a sentence that says what cannot be read
     */
    public static EventTypes parse(String json) {
        require(
                json.length() <= MAX_TEXT,
                "The event types must be at most " + MAX_TEXT + " characters of JSON.");
        EventTypes types = new EventTypes();
        for (Map.Entry<String, JsonNode> own :
                object(json, "The event types", "name").properties()) {
            types.define(own.getKey(), own.getValue());
        }
        return types;
    }

    private void define(String name, JsonNode json) {
        require(
                NAME.matcher(name).matches(),
                "The name of an event type must be a small letter, then up to 31 small letters,"
                        + " digits, '-' or '_'.");
        require(
                EventType.ofWireName(name).isEmpty() && !SLOT_NAME.matcher(name).matches(),
                "There is an event type " + name + " already; give yours another name.");
        require(json.isObject(), "The event type " + name + " must be a JSON object.");
        json.fieldNames()
                .forEachRemaining(
                        member ->
                                require(
                                        MEMBERS.contains(member),
                                        "The event type "
                                                + name
                                                + " has a member other than slot, value, strength"
                                                + " and target."));
        JsonNode number = json.path("slot");
        require(
                number.isInt()
                        && number.intValue() >= 1
                        && number.intValue() <= EventType.OWN_SLOTS,
                "The slot of " + name + " must be a whole number from 1 to 16.");
        ValueKind kind =
                one(
                        List.of(
                                ValueKind.NONE,
                                ValueKind.PERCENT,
                                ValueKind.SECONDS,
                                ValueKind.MONEY,
                                ValueKind.NUMBER),
                        json.path("value"),
                        "The value of "
                                + name
                                + " must be none, percent, seconds, money or number.");
        StrengthCurve strength = StrengthCurve.read(name, kind, json.path("strength"));
        TargetRule rule =
                one(
                        List.of(TargetRule.REQUIRED, TargetRule.OPTIONAL),
                        json.path("target"),
                        "The target of " + name + " must be required or optional.");
        EventType slot = EventType.ownSlot(number.intValue());
        require(
                !slotByName.containsValue(slot),
                "The event types "
                        + nameOf(slot)
                        + " and "
                        + name
                        + " have the same slot; give each its own.");
        slotByName.put(name, slot);
        definitions.put(
                slot,
                new Definition(name, kind, strength, strength.sign(), rule == TargetRule.REQUIRED));
    }

    /** Returns the constant that a word names; the first where the word is left out. */
    private static <E extends Enum<E>> E one(List<E> all, JsonNode word, String otherwise) {
        return word.isMissingNode()
                ? all.getFirst()
                : all.stream()
                        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word.asText()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(otherwise));
    }

    /**
     * Reads an option that is a JSON object.
     *
     * @throws IllegalArgumentException with a sentence about {@code what}
     */
    static JsonNode object(String json, String what, String key) {
        try {
            JsonNode object = StrictJson.read(json.getBytes(StandardCharsets.UTF_8));
            require(object.isObject(), what + " must be a JSON object by " + key + ".");
            return object;
        } catch (MalformedJsonException malformed) {
            throw new IllegalArgumentException(what + " are not JSON: " + malformed.detail());
        }
    }

    /** Returns all types: those of the product, then the owner's by their slots. */
    public List<EventType> all() {
        return Arrays.stream(EventType.values())
                .filter(type -> !type.isOwn() || slotByName.containsValue(type))
                .toList();
    }

    /** Returns the names of all types, separated by commas. */
    public String names() {
        return all().stream().map(this::nameOf).collect(Collectors.joining(", "));
    }

    /** Returns the type of a name; empty for a slot's own name and for what is not defined. */
    public Optional<EventType> ofName(String name) {
        return Optional.ofNullable(slotByName.get(name))
                .or(() -> EventType.ofWireName(name).filter(type -> !type.isOwn()));
    }

    /**
     * Returns the name of a type. That of a slot whose definition was removed is {@code own_} and
     * its number.
     */
    public String nameOf(EventType type) {
        return definition(type).name;
    }

    /** Returns the kind of value that clients send with events of a type. */
    public ValueKind valueKind(EventType type) {
        return definition(type).valueKind;
    }

    /** Returns whether events of a type must name a target. */
    public boolean needsTarget(EventType type) {
        return definition(type).needsTarget;
    }

    /** Returns {@link EventType#sign}, which for an owner's type follows from its strength. */
    public int sign(EventType type) {
        return definition(type).sign;
    }

    /** Returns the strength of a type as defined; 0 for a slot without a definition. */
    StrengthCurve strength(EventType type) {
        return definition(type).strength;
    }

    private Definition definition(EventType type) {
        return Objects.requireNonNull(definitions.get(type));
    }
}

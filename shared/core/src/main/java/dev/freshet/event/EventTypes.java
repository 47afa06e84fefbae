package dev.freshet.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.EventType.ValueKind;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    public static final EventTypes BUILT_IN = new EventTypes(List.of());

    private final Map<EventType, OwnEventType> bySlot = new EnumMap<>(EventType.class);
    private final Map<String, EventType> slotByName = new HashMap<>();

    private EventTypes(Collection<OwnEventType> own) {
        for (OwnEventType type : own) {
            OwnEventType other = bySlot.put(type.slot(), type);
            if (other != null) {
                throw new IllegalArgumentException(
                        "The event types "
                                + other.name()
                                + " and "
                                + type.name()
                                + " have the same slot; give each its own.");
            }
            slotByName.put(type.name(), type.slot());
        }
    }

    /**
     * Returns the types of the product and those that a JSON object defines by their names.
     *
     * <pre>{"try-on": {"slot": 1, "value": "none", "strength": 3, "target": "required"}}</pre>
     *
     * @param json of at most {@value #MAX_TEXT} characters
     * @throws IllegalArgumentException with a sentence that says what cannot be read
     */
    public static EventTypes parse(String json) {
        if (json.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "The event types must be at most %d characters of JSON.".formatted(MAX_TEXT));
        }
        JsonNode definitions;
        try {
            definitions = StrictJson.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException malformed) {
            throw new IllegalArgumentException(
                    "The event types are not JSON: " + malformed.detail());
        }
        if (!definitions.isObject()) {
            throw new IllegalArgumentException("The event types must be a JSON object by name.");
        }
        List<OwnEventType> own = new ArrayList<>();
        for (Map.Entry<String, JsonNode> definition : definitions.properties()) {
            own.add(OwnEventType.read(definition.getKey(), definition.getValue()));
        }
        return new EventTypes(own);
    }

    /** Returns all types: those of the product, then the owner's by their slots. */
    public List<EventType> all() {
        List<EventType> all = new ArrayList<>();
        for (EventType type : EventType.values()) {
            if (!type.isOwn() || bySlot.containsKey(type)) {
                all.add(type);
            }
        }
        return all;
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
        OwnEventType own = bySlot.get(type);
        return own == null ? type.wireName() : own.name();
    }

    /** Returns the kind of value that clients send with events of a type. */
    public ValueKind valueKind(EventType type) {
        OwnEventType own = bySlot.get(type);
        return own == null ? type.valueKind() : own.valueKind();
    }

    /** Returns whether events of a type must name a target. */
    public boolean needsTarget(EventType type) {
        OwnEventType own = bySlot.get(type);
        return own == null ? type.needsTarget() : own.targetRule() == EventType.TargetRule.REQUIRED;
    }

    /** Returns {@link EventType#sign}, which for an owner's type follows from its strength. */
    public int sign(EventType type) {
        OwnEventType own = bySlot.get(type);
        return own == null ? type.sign() : own.strength().sign();
    }

    /** Returns the strength of a type as defined; 0 for a slot without a definition. */
    StrengthCurve strength(EventType type) {
        OwnEventType own = bySlot.get(type);
        return own == null ? type.strength() : own.strength();
    }
}

package dev.freshet.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The strengths of events: one table that maps an event's type and value to a number, in which 1
 * means "opened it" and a negative number means "does not want it".
 *
 * <p>The strength of a type that carries a value is linear between the points of a curve and
 * constant beyond them. The strength of a type with an amount of money does not depend on the
 * amount, because currencies do not compare.
 */
public final class Strengths {
    /** The largest absolute value of a strength that an owner can set. */
    public static final double MAX = 10;

    /** The largest number of points of a curve that an owner can set. */
    public static final int MAX_POINTS = 32;

    /** The table without overrides. */
    public static final Strengths DEFAULTS = of(EventTypes.BUILT_IN);

    private final Map<EventType, StrengthCurve> curves;

    private Strengths(Map<EventType, StrengthCurve> curves) {
        this.curves = new EnumMap<>(curves);
    }

    /** Returns the table of the types of a stack, without overrides. */
    public static Strengths of(EventTypes types) {
        return new Strengths(curves(types));
    }

    private static Map<EventType, StrengthCurve> curves(EventTypes types) {
        Map<EventType, StrengthCurve> curves = new EnumMap<>(EventType.class);
        for (EventType type : EventType.values()) {
            curves.put(type, types.strength(type));
        }
        return curves;
    }

    /**
     * Returns the table with an owner's overrides, which are a JSON object whose members are event
     * types. Each is a number or, for a type with a value, a list of points {@code [value,
     * strength]}, ascending by value.
     *
     * <pre>{"view": 0.5, "dwell": [[0, 0], [60, 2]]}</pre>
     *
     * @param json of at most 64 types; numbers within ±{@value #MAX}
     * @param types the types of the stack, with the strengths that are not overridden
     * @throws IllegalArgumentException with a sentence that says what cannot be read
     */
    public static Strengths parse(String json, EventTypes types) {
        JsonNode overrides = EventTypes.object(json, "Strengths", "event type");
        Map<EventType, StrengthCurve> curves = curves(types);
        for (Map.Entry<String, JsonNode> override : overrides.properties()) {
            EventType type =
                    types.ofName(override.getKey())
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "Strengths name an unknown event type: "
                                                            + override.getKey()
                                                            + "."));
            curves.put(
                    type,
                    StrengthCurve.read(
                            override.getKey(), types.valueKind(type), override.getValue()));
        }
        return new Strengths(curves);
    }

    /**
     * Returns the points of a type's strength in ascending order of the value, each of a value and
     * a strength; one point where the strength does not depend on the value.
     */
    public List<List<Double>> points(EventType type) {
        return Objects.requireNonNull(curves.get(type)).points();
    }

    /** Returns the strength of an event; one without a value has the strength of value 0. */
    public double of(EventType type, Value value) {
        return Objects.requireNonNull(curves.get(type)).at(value.magnitude());
    }
}

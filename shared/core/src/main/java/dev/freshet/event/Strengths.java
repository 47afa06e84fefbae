package dev.freshet.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
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
    public static final Strengths DEFAULTS = new Strengths(defaults());

    private final Map<EventType, StrengthCurve> curves;

    private Strengths(Map<EventType, StrengthCurve> curves) {
        this.curves = new EnumMap<>(curves);
    }

    private static Map<EventType, StrengthCurve> defaults() {
        Map<EventType, StrengthCurve> curves = new EnumMap<>(EventType.class);
        for (EventType type : EventType.values()) {
            curves.put(type, type.strength());
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
     * @throws IllegalArgumentException with a sentence that says what cannot be read
     */
    public static Strengths parse(String json) {
        JsonNode overrides;
        try {
            overrides = StrictJson.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException malformed) {
            throw new IllegalArgumentException("Strengths are not JSON: " + malformed.detail());
        }
        check(overrides.isObject(), "Strengths must be a JSON object by event type.");
        Map<EventType, StrengthCurve> curves = defaults();
        for (Map.Entry<String, JsonNode> override : overrides.properties()) {
            EventType type =
                    EventType.ofWireName(override.getKey())
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "Strengths name an unknown event type: "
                                                            + override.getKey()
                                                            + "."));
            curves.put(type, curve(type, override.getValue()));
        }
        return new Strengths(curves);
    }

    private static StrengthCurve curve(EventType type, JsonNode strength) {
        String name = type.wireName();
        if (strength.isNumber()) {
            return StrengthCurve.constant(strength(name, strength));
        }
        check(
                type.valueKind() != EventType.ValueKind.NONE
                        && type.valueKind() != EventType.ValueKind.MONEY,
                "The strength of " + name + " must be a number: it has no value to depend on.");
        check(
                strength.isArray() && !strength.isEmpty() && strength.size() <= MAX_POINTS,
                "The strength of "
                        + name
                        + " must be a number or 1 to 32 points [value, strength].");
        double[] pairs = new double[2 * strength.size()];
        for (int i = 0; i < strength.size(); i++) {
            JsonNode point = strength.get(i);
            check(
                    point.isArray() && point.size() == 2 && point.get(0).isNumber(),
                    "A point of " + name + " must be [value, strength].");
            pairs[2 * i] = point.get(0).doubleValue();
            pairs[2 * i + 1] = strength(name, point.get(1));
            check(
                    Double.isFinite(pairs[2 * i]) && (i == 0 || pairs[2 * i] > pairs[2 * i - 2]),
                    "The points of " + name + " must ascend by value.");
        }
        return StrengthCurve.through(pairs);
    }

    private static double strength(String name, JsonNode strength) {
        check(
                strength.isNumber() && Math.abs(strength.doubleValue()) <= MAX,
                "The strength of " + name + " must be a number from -10 to 10.");
        return strength.doubleValue();
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Returns the strength of an event; one without a value has the strength of value 0. */
    public double of(EventType type, Value value) {
        double number =
                switch (value) {
                    case Value.None none -> 0;
                    case Value.Stars(double stars) -> stars;
                    case Value.Seconds(double seconds) -> seconds;
                    case Value.Percent(double percent) -> percent;
                    case Value.Money money -> 0;
                };
        return Objects.requireNonNull(curves.get(type)).at(number);
    }
}

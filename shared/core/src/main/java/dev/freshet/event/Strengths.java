package dev.freshet.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What an event is worth: one table, from a type and its value to a number in which 1 is "opened
 * it" and a negative number is "does not want it".
 *
 * <p>For a type that carries a value the worth is linear between the points of its curve and
 * constant beyond them, so that 2 s of dwell are not 200 s and one star is not five. A purchase is
 * worth the same whatever the amount: currencies do not compare.
 */
public final class Strengths {
    /** Beyond this, either way, an owner's number is refused. */
    public static final double MAX = 10;

    /** Most points of a curve. */
    public static final int MAX_POINTS = 32;

    /** The table that holds where an owner says nothing else. */
    public static final Strengths DEFAULTS = new Strengths(defaults());

    private final Map<EventType, Curve> curves;

    private Strengths(Map<EventType, Curve> curves) {
        this.curves = new EnumMap<>(curves);
    }

    /** Value → worth, ascending by value; a constant is one point. */
    private record Curve(double[] values, double[] worths) {
        static Curve of(double... pairs) {
            double[] values = new double[pairs.length / 2];
            double[] worths = new double[pairs.length / 2];
            for (int i = 0; i < values.length; i++) {
                values[i] = pairs[2 * i];
                worths[i] = pairs[2 * i + 1];
            }
            return new Curve(values, worths);
        }

        double at(double value) {
            int found = Arrays.binarySearch(values, value);
            if (found >= 0) {
                return worths[found];
            }
            int above = -found - 1;
            if (above == 0) {
                return worths[0];
            }
            if (above == values.length) {
                return worths[above - 1];
            }
            double part = (value - values[above - 1]) / (values[above] - values[above - 1]);
            return worths[above - 1] + part * (worths[above] - worths[above - 1]);
        }
    }

    private static Map<EventType, Curve> defaults() {
        Map<EventType, Curve> curves = new EnumMap<>(EventType.class);
        for (EventType type : EventType.values()) {
            curves.put(
                    type,
                    switch (type) {
                        case VIEW, CLICK -> Curve.of(0, 1);
                        case SCROLL -> Curve.of(0, 0, 25, 0.2, 100, 1.5);
                        case DWELL -> Curve.of(0, 0, 2, 0.1, 10, 0.5, 30, 1, 120, 2, 300, 3);
                        case PLAY -> Curve.of(0, 0.1, 10, 0.5, 50, 1.5, 95, 3);
                        case SUBMIT, LIKE -> Curve.of(0, 2);
                        case SHARE, BOOKMARK, COMMENT, FOLLOW -> Curve.of(0, 3);
                        case PURCHASE -> Curve.of(0, 5);
                        case RATING -> Curve.of(0.5, -2, 2, -0.5, 3, 0.5, 4, 2, 5, 3);
                        case IMPRESSION -> Curve.of(0, 0);
                        case DISLIKE, HIDE -> Curve.of(0, -3);
                    });
        }
        return curves;
    }

    /**
     * The table with an owner's overrides: a JSON object whose members are event types, each a
     * number, or for a type with a value a list of points {@code [value, worth]}, ascending by
     * value.
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
        Map<EventType, Curve> curves = defaults();
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

    private static Curve curve(EventType type, JsonNode worth) {
        String name = type.wireName();
        if (worth.isNumber()) {
            return Curve.of(0, worth(name, worth));
        }
        check(
                type.valueKind() != EventType.ValueKind.NONE
                        && type.valueKind() != EventType.ValueKind.MONEY,
                "The strength of " + name + " must be a number: it has no value to depend on.");
        check(
                worth.isArray() && !worth.isEmpty() && worth.size() <= MAX_POINTS,
                "The strength of " + name + " must be a number or 1 to 32 points [value, worth].");
        double[] pairs = new double[2 * worth.size()];
        for (int i = 0; i < worth.size(); i++) {
            JsonNode point = worth.get(i);
            check(
                    point.isArray() && point.size() == 2 && point.get(0).isNumber(),
                    "A point of " + name + " must be [value, worth].");
            pairs[2 * i] = point.get(0).doubleValue();
            pairs[2 * i + 1] = worth(name, point.get(1));
            check(
                    Double.isFinite(pairs[2 * i]) && (i == 0 || pairs[2 * i] > pairs[2 * i - 2]),
                    "The points of " + name + " must ascend by value.");
        }
        return Curve.of(pairs);
    }

    private static double worth(String name, JsonNode worth) {
        check(
                worth.isNumber() && Math.abs(worth.doubleValue()) <= MAX,
                "The strength of " + name + " must be a number from -10 to 10.");
        return worth.doubleValue();
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** The worth of an event; for a type with a value that came without one, that of value 0. */
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

package dev.freshet.event;

import static dev.freshet.check.Check.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.EventType.ValueKind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

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

    /**
     * The strength of an event as a function of its value: linear between given points, constant
     * beyond the first and the last.
     */
    static final class StrengthCurve {
        /** Ascending. */
        private final double[] values;

        private final double[] strengths;

        private StrengthCurve(double[] values, double[] strengths) {
            this.values = values;
            this.strengths = strengths;
        }

        /** The curve that has one strength for every value. */
        static StrengthCurve constant(double strength) {
            return through(0, strength);
        }

        /**
         * The curve through points.
         *
         * @param pairs value, strength, value, strength and so on, ascending by value
         */
        static StrengthCurve through(double... pairs) {
            double[] values = new double[pairs.length / 2];
            double[] strengths = new double[pairs.length / 2];
            for (int i = 0; i < values.length; i++) {
                values[i] = pairs[2 * i];
                strengths[i] = pairs[2 * i + 1];
            }
            return new StrengthCurve(values, strengths);
        }

        /**
         * Reads an owner's strength of a type of events: a number, or the points of a curve.
         *
         * @param name of the type, for the sentence of the exception
         * @param kind of the type's value; only a number can have a curve
         * @throws IllegalArgumentException with a sentence that says what cannot be read
         */
        static StrengthCurve read(String name, ValueKind kind, JsonNode strength) {
            if (strength.isNumber()) {
                return constant(number(name, strength));
            }
            require(
                    kind != ValueKind.NONE && kind != ValueKind.MONEY,
                    "The strength of " + name + " must be a number: it has no value to depend on.");
            require(
                    strength.isArray()
                            && !strength.isEmpty()
                            && strength.size() <= Strengths.MAX_POINTS,
                    "The strength of "
                            + name
                            + " must be a number or 1 to 32 points [value, strength].");
            double[] pairs = new double[2 * strength.size()];
            for (int i = 0; i < strength.size(); i++) {
                JsonNode point = strength.get(i);
                require(
                        point.isArray() && point.size() == 2 && point.get(0).isNumber(),
                        "A point of " + name + " must be [value, strength].");
                pairs[2 * i] = point.get(0).doubleValue();
                pairs[2 * i + 1] = number(name, point.get(1));
                require(
                        Double.isFinite(pairs[2 * i])
                                && (i == 0 || pairs[2 * i] > pairs[2 * i - 2]),
                        "The points of " + name + " must ascend by value.");
            }
            return through(pairs);
        }

        private static double number(String name, JsonNode strength) {
            require(
                    strength.isNumber() && Math.abs(strength.doubleValue()) <= Strengths.MAX,
                    "The strength of " + name + " must be a number from -10 to 10.");
            return strength.doubleValue();
        }

        /**
         * The sign of the strength that is furthest from 0, where no value is known: 1, −1, or 0 if
         * all strengths are 0.
         */
        int sign() {
            double furthest = 0;
            for (double strength : strengths) {
                furthest = Math.abs(strength) > Math.abs(furthest) ? strength : furthest;
            }
            return (int) Math.signum(furthest);
        }

        /** The points in ascending order of the value, each of a value and a strength. */
        List<List<Double>> points() {
            return IntStream.range(0, values.length)
                    .mapToObj(at -> List.of(values[at], strengths[at]))
                    .toList();
        }

        /** The strength of an event with this value. */
        double at(double value) {
            int found = Arrays.binarySearch(values, value);
            if (found >= 0) {
                return strengths[found];
            }
            int above = -found - 1;
            if (above == 0) {
                return strengths[0];
            }
            if (above == values.length) {
                return strengths[above - 1];
            }
            double part = (value - values[above - 1]) / (values[above] - values[above - 1]);
            return strengths[above - 1] + part * (strengths[above] - strengths[above - 1]);
        }
    }
}

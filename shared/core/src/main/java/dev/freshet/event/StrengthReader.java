package dev.freshet.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.EventType.ValueKind;

/** Reads an owner's strength of a type of events: a number, or the points of a curve. */
final class StrengthReader {
    private StrengthReader() {}

    /**
     * Reads a strength.
     *
     * @param name of the type, for the sentence of the exception
     * @param kind of the type's value; only a number can have a curve
     * @throws IllegalArgumentException with a sentence that says what cannot be read
     */
    static StrengthCurve read(String name, ValueKind kind, JsonNode strength) {
        if (strength.isNumber()) {
            return StrengthCurve.constant(number(name, strength));
        }
        check(
                kind != ValueKind.NONE && kind != ValueKind.MONEY,
                "The strength of " + name + " must be a number: it has no value to depend on.");
        check(
                strength.isArray()
                        && !strength.isEmpty()
                        && strength.size() <= Strengths.MAX_POINTS,
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
            pairs[2 * i + 1] = number(name, point.get(1));
            check(
                    Double.isFinite(pairs[2 * i]) && (i == 0 || pairs[2 * i] > pairs[2 * i - 2]),
                    "The points of " + name + " must ascend by value.");
        }
        return StrengthCurve.through(pairs);
    }

    private static double number(String name, JsonNode strength) {
        check(
                strength.isNumber() && Math.abs(strength.doubleValue()) <= Strengths.MAX,
                "The strength of " + name + " must be a number from -10 to 10.");
        return strength.doubleValue();
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}

package dev.freshet.bench.cost;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/** The units of the functions, in the form of {@code units.json}. */
final class FunctionUnits {
    private static final Set<String> MODEL =
            Set.of(CallCounter.MODEL_READS, CallCounter.MODEL_CALLS);

    private final ObjectNode functions = JsonNodeFactory.instance.objectNode();

    /** Returns the object with a member for each function. */
    ObjectNode toJson() {
        return functions;
    }

    /** Adds a function, with the names of its metrics. */
    void add(String function, Set<String> metrics) {
        ObjectNode json = functions.putObject(function);
        ArrayNode names = json.putArray("metrics");
        metrics.forEach(names::add);
        json.putObject("parts");
    }

    /**
     * Adds a part of a function: the amount of each unit, rounded; those of zero are left out, and
     * the reads of the model, which are among the others.
     */
    void put(String function, String part, Map<String, Double> amounts) {
        ObjectNode units = functions.withObject("/" + function + "/parts").putObject(part);
        new TreeMap<>(amounts)
                .forEach(
                        (unit, value) -> {
                            double rounded = Math.round(value * 1_000) / 1_000.0;
                            if (rounded != 0 && !MODEL.contains(unit)) {
                                units.put(unit, rounded);
                            }
                        });
    }

    /** Returns the amount of a unit. */
    static double amount(Map<String, Double> amounts, String unit) {
        return amounts.getOrDefault(unit, 0.0);
    }

    /** Returns the result of an operation on two amounts of each unit. */
    static Map<String, Double> each(
            Map<String, Double> amounts, Map<String, Double> others, DoubleBinaryOperator of) {
        Map<String, Double> each = new TreeMap<>();
        amounts.forEach(
                (unit, amount) -> each.put(unit, of.applyAsDouble(amount, amount(others, unit))));
        return each;
    }
}

package dev.freshet.bench.cost;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The units of the functions, in the form of {@code units.json}. */
final class FunctionUnits {
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

    /** Adds a part of a function: the amount of each unit, rounded; those of zero are left out. */
    void put(String function, String part, Map<String, Double> amounts) {
        ObjectNode units = functions.withObject("/" + function + "/parts").putObject(part);
        amounts.forEach(
                (unit, value) -> {
                    double rounded = Math.round(value * 1_000) / 1_000.0;
                    if (rounded != 0) {
                        units.put(unit, rounded);
                    }
                });
    }

    /** Returns amounts by the names of their units, in turn. */
    static Map<String, Double> values(Object... namesAndValues) {
        Map<String, Double> values = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], (Double) namesAndValues[i + 1]);
        }
        return values;
    }

    /** Returns all that was consumed. */
    static Map<String, Double> amounts(UnitsBench.Consumed consumed) {
        CallTally.Counts calls = consumed.calls();
        return values(
                "milliseconds", consumed.milliseconds(),
                "logBytes", consumed.logBytes(),
                "readUnits", calls.reads(),
                "writeUnits", calls.writes(),
                "storedBytes", calls.stored(),
                "streamUnits", calls.streamUnits(),
                "s3Puts", calls.puts(),
                "s3Gets", calls.gets());
    }

    /** Returns what one invocation consumes, from the same work in many invocations and in one. */
    static Map<String, Double> split(
            UnitsBench.Consumed many, UnitsBench.Consumed one, int invocations) {
        Map<String, Double> once = amounts(one);
        Map<String, Double> each = new TreeMap<>();
        amounts(many)
                .forEach(
                        (unit, all) ->
                                each.put(
                                        unit,
                                        Math.max(
                                                0,
                                                (all - once.getOrDefault(unit, 0.0))
                                                        / (invocations - 1))));
        return each;
    }

    /** Returns what one of several equal things consumes on top of the invocation. */
    static Map<String, Double> each(
            Map<String, Double> all, Map<String, Double> invocation, int of) {
        Map<String, Double> each = new TreeMap<>();
        all.forEach(
                (unit, amount) ->
                        each.put(unit, (amount - invocation.getOrDefault(unit, 0.0)) / of));
        return each;
    }
}

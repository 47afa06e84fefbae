package dev.freshet.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the functions consume, measured on the local cloud; {@code units.json} names the command
 * that measures it anew.
 *
 * @param measured the day of the measurement
 * @param command the command that wrote the file
 * @param functions by the function's logical id
 * @param platformLogBytes bytes of the two lines that Lambda itself writes for each invocation
 *     unless its system log level is WARN
 * @param accessLogBytes bytes of the API's line for each request
 */
public record MeasuredUnits(
        String measured,
        String command,
        Map<String, OfFunction> functions,
        double platformLogBytes,
        double accessLogBytes) {

    /**
     * What one function consumes.
     *
     * @param metrics the custom metrics that it writes in ordinary operation
     * @param parts by name: {@code invocation}, and what comes on top for each event, example,
     *     version or the like
     */
    public record OfFunction(List<String> metrics, Map<String, Units> parts) {
        public OfFunction {
            metrics = List.copyOf(metrics);
            parts = Map.copyOf(parts);
        }

        Units part(String name) {
            return parts.getOrDefault(name, Units.NONE);
        }
    }

    public MeasuredUnits {
        functions = Map.copyOf(functions);
    }

    /** Reads the measurement that comes with the command line. */
    public static MeasuredUnits load() {
        return read(Resource.json("units.json"));
    }

    /** Reads a measurement. */
    public static MeasuredUnits read(JsonNode file) {
        Map<String, OfFunction> functions = new TreeMap<>();
        file.path("functions")
                .properties()
                .forEach(function -> functions.put(function.getKey(), of(function.getValue())));
        return new MeasuredUnits(
                file.path("measured").asText(),
                file.path("command").asText(),
                functions,
                bytes(file.path("platformLines")),
                bytes(file.path("accessLines")));
    }

    private static OfFunction of(JsonNode json) {
        List<String> metrics = new ArrayList<>();
        json.path("metrics").forEach(name -> metrics.add(name.asText()));
        Map<String, Units> parts = new TreeMap<>();
        json.path("parts")
                .properties()
                .forEach(part -> parts.put(part.getKey(), Units.read(part.getValue())));
        return new OfFunction(metrics, parts);
    }

    private static double bytes(JsonNode lines) {
        double bytes = 0;
        for (JsonNode line : lines) {
            bytes += line.asText().getBytes(StandardCharsets.UTF_8).length;
        }
        return bytes;
    }

    OfFunction of(String function) {
        return functions.getOrDefault(function, new OfFunction(List.of(), Map.of()));
    }
}

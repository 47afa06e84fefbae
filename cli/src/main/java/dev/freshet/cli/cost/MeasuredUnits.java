package dev.freshet.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the functions consume, measured on the local cloud; {@code units.json} names the command
 * that measures it anew.
 *
 * @param measured the day of the measurement
 * @param command the command that wrote the file
 * @param functions by the function's logical id
 * @param platformLines the lines that Lambda itself writes for each invocation unless its system
 *     log level is WARN
 * @param accessLines the API's line for each request
 */
public record MeasuredUnits(
        String measured,
        String command,
        Map<String, OfFunction> functions,
        List<String> platformLines,
        List<String> accessLines) {
    /**
     * What one function consumes.
     *
     * @param metrics the custom metrics that it writes in ordinary operation
     * @param parts by name: {@code invocation}, and what comes on top for each event, example,
     *     version or the like
     */
    public record OfFunction(List<String> metrics, Map<String, Units> parts) {
        private static final OfFunction NOTHING = new OfFunction(List.of(), Map.of());

        public OfFunction {
            metrics = List.copyOf(Objects.requireNonNullElse(metrics, List.of()));
            parts = Map.copyOf(parts);
        }

        Units part(String name) {
            return parts.getOrDefault(name, Units.NONE);
        }
    }

    public MeasuredUnits {
        functions = Map.copyOf(functions);
        platformLines = List.copyOf(Objects.requireNonNullElse(platformLines, List.of()));
        accessLines = List.copyOf(Objects.requireNonNullElse(accessLines, List.of()));
    }

    /** Reads the measurement that comes with the command line. */
    public static MeasuredUnits load() {
        return Resource.read("units.json", MeasuredUnits.class);
    }

    /** Reads a measurement. */
    public static MeasuredUnits read(JsonNode file) {
        return Resource.read(file, MeasuredUnits.class);
    }

    OfFunction of(String function) {
        return functions.getOrDefault(function, OfFunction.NOTHING);
    }

    double platformLogBytes() {
        return bytes(platformLines);
    }

    double accessLogBytes() {
        return bytes(accessLines);
    }

    private static double bytes(List<String> lines) {
        return lines.stream()
                .mapToDouble(line -> line.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }
}

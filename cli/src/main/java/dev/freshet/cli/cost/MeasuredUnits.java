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
        return PriceList.resource("units.json", MeasuredUnits.class);
    }

    /** Reads a measurement. */
    public static MeasuredUnits read(JsonNode file) {
        return PriceList.JSON.convertValue(file, MeasuredUnits.class);
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

    /**
     * What one piece of work consumes.
     *
     * @param milliseconds of the invocation
     * @param logBytes bytes of the lines that the function itself writes
     * @param readUnits read units of DynamoDB
     * @param writeUnits write units of DynamoDB
     * @param storedBytes bytes added to tables, of rows that are kept for {@code interactionsDays}
     * @param streamUnits records put into a stream, each of up to 25 KB
     * @param s3Puts PUT and LIST requests to S3
     * @param s3Gets GET requests to S3
     * @param responseBytes bytes of the response's body
     * @param compressedBytes bytes of the body after gzip
     */
    public record Units(
            double milliseconds,
            double logBytes,
            double readUnits,
            double writeUnits,
            double storedBytes,
            double streamUnits,
            double s3Puts,
            double s3Gets,
            double responseBytes,
            double compressedBytes) {
        static final Units NONE = new Units(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        /** Returns what this work takes when it is done n times. */
        Units times(double n) {
            return NONE.plus(n, this);
        }

        /** Returns what this and n times the other work take. */
        Units plus(double n, Units other) {
            return new Units(
                    milliseconds + n * other.milliseconds,
                    logBytes + n * other.logBytes,
                    readUnits + n * other.readUnits,
                    writeUnits + n * other.writeUnits,
                    storedBytes + n * other.storedBytes,
                    streamUnits + n * other.streamUnits,
                    s3Puts + n * other.s3Puts,
                    s3Gets + n * other.s3Gets,
                    responseBytes + n * other.responseBytes,
                    compressedBytes + n * other.compressedBytes);
        }
    }
}

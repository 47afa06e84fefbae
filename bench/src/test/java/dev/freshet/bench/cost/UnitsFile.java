package dev.freshet.bench.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The file {@code units.json}, from which {@code freshet cost} computes bills. */
final class UnitsFile {
    /** The command that measures anew. */
    static final String COMMAND =
            "./mvnw verify -pl bench -am -Dtest=MeasuredUnitsTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dfreshet.update=true";

    private static final Path FILE =
            Path.of("..", "cli/src/main/resources/dev/freshet/cli/cost/units.json");
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private UnitsFile() {}

    /** Returns the units of the functions in the file. */
    static JsonNode functions() throws IOException {
        return JSON.readTree(FILE.toFile()).path("functions");
    }

    /** Writes a measurement of today. */
    static void write(ObjectNode functions) throws IOException {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("measured", LocalDate.now(ZoneOffset.UTC).toString())
                .put("command", COMMAND)
                .put(
                        "machine",
                        System.getProperty("os.arch")
                                + ", "
                                + Runtime.getRuntime().availableProcessors()
                                + " processors, with the emulators on the same ones; milliseconds"
                                + " are of that machine");
        file.putArray("platformLines")
                .add(
                        "{\"time\":\"2026-11-26T10:00:00.000Z\",\"type\":\"platform.start\",\"record\":{\"requestId\":\"40f6c622-67a3-4159-97f2-ce364a0cb7a8\",\"version\":\"12\"}}")
                .add(
                        "{\"time\":\"2026-11-26T10:00:00.020Z\",\"type\":\"platform.report\",\"record\":{\"requestId\":\"40f6c622-67a3-4159-97f2-ce364a0cb7a8\",\"metrics\":{\"durationMs\":18.593,\"billedDurationMs\":19,\"memorySizeMB\":2048,\"maxMemoryUsedMB\":246},\"status\":\"success\"}}");
        file.putArray("accessLines")
                .add(
                        "{\"bytes\":\"2140\",\"error\":\"-\",\"functionMs\":\"12\",\"keyId\":\"0123456789abcdef\",\"latencyMs\":\"15\",\"method\":\"POST\",\"requestId\":\"40f6c622-67a3-4159-97f2-ce364a0cb7a8\",\"route\":\"/v1/recommendations\",\"status\":\"200\",\"time\":\"1795687200000\"}");
        file.set("functions", functions);
        Files.writeString(FILE, JSON.writeValueAsString(file) + "\n");
    }
}

package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cli.Text;
import java.util.List;

/** Renders the status of a stack as lines for people. */
final class StatusText {
    private static final List<String> HISTORY_LENGTHS = List.of("thin", "medium", "long");

    private StatusText() {}

    /**
     * Returns the address, the time of the answer, version and age of the model, and what the model
     * has left out.
     */
    static String of(JsonNode status) {
        Text text = new Text();
        text.add(
                "%s answered in %,d ms; model version %,d, refreshed %,d ms before",
                status.path("api").asText(),
                status.path("answerMs").asLong(),
                status.at("/model/version").asLong(),
                status.at("/model/ageMs").asLong());
        addLeftOut(status, text);
        return text.toString();
    }

    /** Adds a line about what did not fit into the model; nothing where all did. */
    private static void addLeftOut(JsonNode status, Text text) {
        long leftOut = status.path("beyondBounds").asLong();
        if (leftOut > 0) {
            text.add(
                    "%,d items and events were left out of the model, which is full (docs/model.md"
                            + " says what it holds)",
                    leftOut);
        }
    }

    /** Returns tables of the model, the blend, the functions, streams and processes. */
    static String ofLocal(JsonNode status) {
        Text text = new Text();
        text.add(
                "%s at %s, up for %,d s",
                status.path("state").asText(),
                status.path("api").asText(),
                status.path("uptimeMs").asLong() / 1000);
        if (status.path("model").has("version")) {
            text.add(
                    "model %s, version %,d, refreshed %,d ms before",
                    status.path("modelId").asText("?"),
                    status.at("/model/version").asLong(),
                    status.at("/model/ageMs").asLong());
        }
        status.path("storedBytes")
                .forEachEntry((store, bytes) -> text.add("stored in %s: %,d KB", store, kb(bytes)));
        long waiting = status.path("waitingForCatalogue").asLong();
        if (waiting > 0) {
            text.add(
                    "%,d events wait for items that are not in the catalogue: put the items, or"
                            + " start the cloud with --catalogue open",
                    waiting);
        }
        addLeftOut(status, text);
        if (status.has("blend")) {
            addBlend(status.path("blend"), text);
        }
        addFunctions(status.path("functions"), text);
        addStreams(status.path("mappings"), text);
        text.add("");
        text.add("%-28s %12s %10s", "process", "pid", "MB");
        for (JsonNode process : status.path("processes")) {
            text.add(
                    "%-28s %12d %,10d",
                    process.path("name").asText(),
                    process.path("pid").asLong(),
                    kb(process.path("residentBytes")) >> 10);
        }
        text.add("%-28s %12s %,10d", "together", "", kb(status.path("residentBytes")) >> 10);
        return text.toString();
    }

    private static long kb(JsonNode bytes) {
        return bytes.asLong() >> 10;
    }

    /** Adds a table of each source's weight and its performance alone, by length of history. */
    private static void addBlend(JsonNode blend, Text text) {
        text.add("");
        text.add(
                "blend: %s, %,d choices learned; weight, and performance alone",
                blend.path("strategy").asText(), blend.path("steps").asLong());
        text.add("%-14s%18s%18s%18s", "source", "thin history", "medium history", "long history");
        blend.at("/situations/medium/sources")
                .fieldNames()
                .forEachRemaining(
                        source -> {
                            StringBuilder row = new StringBuilder("%-14s".formatted(source));
                            for (String length : HISTORY_LENGTHS) {
                                JsonNode figures =
                                        blend.at("/situations/" + length + "/sources").path(source);
                                row.append(
                                        "%10.0f %% %5.3f"
                                                .formatted(
                                                        100 * figures.path("weight").asDouble(),
                                                        figures.path("performance").asDouble()));
                            }
                            text.add("%s", row);
                        });
    }

    private static void addFunctions(JsonNode functions, Text text) {
        text.add("");
        text.add(
                "%-14s %10s %8s %9s %9s %9s",
                "function", "invoked", "errors", "throttled", "p50 ms", "p99 ms");
        functions.forEachEntry(
                (name, counts) -> {
                    text.add(
                            "%-14s %,10d %,8d %,9d %9.1f %9.1f",
                            name,
                            counts.path("invocations").asLong(),
                            counts.path("errors").asLong(),
                            counts.path("throttles").asLong(),
                            counts.at("/durationMs/p50").asDouble(),
                            counts.at("/durationMs/p99").asDouble());
                    if (counts.hasNonNull("lastError")) {
                        text.add("    last error: %s", counts.path("lastError").asText());
                    }
                });
    }

    private static void addStreams(JsonNode mappings, Text text) {
        text.add("");
        text.add("%-28s %12s %10s %10s", "stream to function", "behind", "age ms", "given up");
        for (JsonNode mapping : mappings) {
            String behind = "%,d".formatted(mapping.path("recordsBehind").asLong());
            text.add(
                    "%-28s %12s %,10d %,10d",
                    mapping.path("stream").asText() + " → " + mapping.path("function").asText(),
                    mapping.path("atLeast").asBoolean() ? "≥ " + behind : behind,
                    mapping.path("ageMs").asLong(),
                    mapping.path("givenUp").asLong());
        }
    }
}

package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Renders the status of a stack as lines for people. */
final class StatusText {

    private static final List<String> HISTORY_LENGTHS = List.of("thin", "medium", "long");

    private StatusText() {}

    /** Returns a table of each source's weight and its performance alone, by length of history. */
    private static String blend(JsonNode blend) {
        if (blend.isMissingNode()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        text.append(
                "%nblend: %s, %,d choices learned; weight, and performance alone%n"
                        .formatted(blend.path("strategy").asText(), blend.path("steps").asLong()));
        text.append("%-14s".formatted("source"));
        HISTORY_LENGTHS.forEach(length -> text.append("%18s".formatted(length + " history")));
        text.append('\n');
        JsonNode situations = blend.path("situations");
        situations
                .path("medium")
                .path("sources")
                .fieldNames()
                .forEachRemaining(
                        source -> {
                            text.append("%-14s".formatted(source));
                            for (String length : HISTORY_LENGTHS) {
                                JsonNode figures =
                                        situations.path(length).path("sources").path(source);
                                text.append(
                                        "%10.0f %% %5.3f"
                                                .formatted(
                                                        100 * figures.path("weight").asDouble(),
                                                        figures.path("performance").asDouble()));
                            }
                            text.append('\n');
                        });
        return text.toString();
    }

    /**
     * Returns the address, the time of the answer, version and age of the model, and what the model
     * has left out.
     */
    static String of(JsonNode status) {
        return "%s answered in %,d ms; model version %,d, refreshed %,d ms before"
                        .formatted(
                                status.path("api").asText(),
                                status.path("answerMs").asLong(),
                                status.path("model").path("version").asLong(),
                                status.path("model").path("ageMs").asLong())
                + leftOut(status);
    }

    /** Returns a line about what did not fit into the model; nothing where all did. */
    private static String leftOut(JsonNode status) {
        long leftOut = status.path("beyondBounds").asLong();
        return leftOut == 0
                ? ""
                : "%n%,d items and events were left out of the model, which is full (docs/model.md says what it holds)"
                        .formatted(leftOut);
    }

    /** Returns tables of the model, the blend, the functions, streams and processes. */
    static String ofLocal(JsonNode status) {
        StringBuilder text = new StringBuilder();
        text.append(
                "%s at %s, up for %,d s%n"
                        .formatted(
                                status.path("state").asText(),
                                status.path("api").asText(),
                                status.path("uptimeMs").asLong() / 1000));
        JsonNode model = status.path("model");
        if (model.has("version")) {
            text.append(
                    "model %s, version %,d, refreshed %,d ms before%n"
                            .formatted(
                                    status.path("modelId").asText("?"),
                                    model.path("version").asLong(),
                                    model.path("ageMs").asLong()));
        }
        status.path("storedBytes")
                .properties()
                .forEach(
                        store ->
                                text.append(
                                        "stored in %s: %,d KB%n"
                                                .formatted(
                                                        store.getKey(),
                                                        store.getValue().asLong() >> 10)));
        long waiting = status.path("waitingForCatalogue").asLong();
        if (waiting > 0) {
            text.append(
                    "%,d events wait for items that are not in the catalogue: put the items, or start the cloud with --catalogue open%n"
                            .formatted(waiting));
        }
        String leftOut = leftOut(status);
        if (!leftOut.isEmpty()) {
            text.append(leftOut.strip()).append('\n');
        }
        text.append(blend(status.path("blend")));
        text.append(
                "%n%-14s %10s %8s %9s %9s %9s%n"
                        .formatted(
                                "function", "invoked", "errors", "throttled", "p50 ms", "p99 ms"));
        status.path("functions")
                .properties()
                .forEach(
                        function -> {
                            JsonNode counts = function.getValue();
                            text.append(
                                    "%-14s %,10d %,8d %,9d %9.1f %9.1f%n"
                                            .formatted(
                                                    function.getKey(),
                                                    counts.path("invocations").asLong(),
                                                    counts.path("errors").asLong(),
                                                    counts.path("throttles").asLong(),
                                                    counts.path("durationMs")
                                                            .path("p50")
                                                            .asDouble(),
                                                    counts.path("durationMs")
                                                            .path("p99")
                                                            .asDouble()));
                            if (counts.hasNonNull("lastError")) {
                                text.append("    last error: ")
                                        .append(counts.path("lastError").asText())
                                        .append('\n');
                            }
                        });
        text.append(
                "%n%-28s %12s %10s %10s%n"
                        .formatted("stream to function", "behind", "age ms", "given up"));
        for (JsonNode mapping : status.path("mappings")) {
            String behind =
                    (mapping.path("atLeast").asBoolean() ? "≥ " : "")
                            + "%,d".formatted(mapping.path("recordsBehind").asLong());
            text.append(
                    "%-28s %12s %,10d %,10d%n"
                            .formatted(
                                    mapping.path("stream").asText()
                                            + " → "
                                            + mapping.path("function").asText(),
                                    behind,
                                    mapping.path("ageMs").asLong(),
                                    mapping.path("givenUp").asLong()));
        }
        text.append("%n%-28s %12s %10s%n".formatted("process", "pid", "MB"));
        for (JsonNode process : status.path("processes")) {
            text.append(
                    "%-28s %12d %,10d%n"
                            .formatted(
                                    process.path("name").asText(),
                                    process.path("pid").asLong(),
                                    process.path("residentBytes").asLong() >> 20));
        }
        text.append(
                "%-28s %12s %,10d"
                        .formatted("together", "", status.path("residentBytes").asLong() >> 20));
        return text.toString();
    }
}

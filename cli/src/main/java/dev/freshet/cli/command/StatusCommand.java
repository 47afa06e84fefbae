package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.Drain;
import dev.freshet.api.FreshetClient;
import dev.freshet.api.FreshetClient.UnreachableException;
import dev.freshet.cli.connection.ConnectionOptions;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.console.Text;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code freshet status}: whether the API of a stack answers and by which model; of a local cloud
 * also the state of streams, functions and processes.
 */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows whether the API answers, and the version and age of the model that answers.",
            "Of a local cloud also shows how far each stream is read, the weight of each source,"
                    + " and the memory of each process; ends with exit code 1 if training is stopped."
        })
public final class StatusCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        try (FreshetClient client = stack.find().client()) {
            ApiResponse local = client.get("/_freshet/status?sizes");
            ApiResponse answer = client.get("/v1/trending?count=1");
            boolean isLocal = local.ok() && local.body().has("mappings");
            CommandException.require(isLocal || answer.ok(), answer.problem());
            ObjectNode status =
                    isLocal
                            ? local.body().deepCopy()
                            : JSON.createObjectNode()
                                    .put("api", client.api().toString())
                                    .put("answerMs", answer.took().toMillis());
            status.set("model", answer.body().path("model"));
            ApiResponse overview = client.get("/v1/insights/overview");
            if (overview.ok()) {
                status.set("beyondBounds", overview.body().path("model").path("beyondBounds"));
            }
            output.result(status, isLocal ? StatusText.ofLocal(status) : StatusText.of(status));
            CommandException.require(
                    !status.has(Drain.PROBLEM), status.path(Drain.PROBLEM).asText());
            return 0;
        } catch (UnreachableException e) {
            throw new CommandException(e);
        }
    }

    /** Renders the status of a stack as lines for people. */
    static final class StatusText {
        private static final List<String> HISTORY_LENGTHS = List.of("thin", "medium", "long");

        private StatusText() {}

        /**
         * Returns the address, the time of the answer, version and age of the model, and what the
         * model has left out.
         */
        static String of(JsonNode status) {
            Text text = new Text();
            text.add(
                    status,
                    "{api} answered in {answerMs:,d} ms; model version {/model/version:,d}, refreshed"
                            + " {/model/ageMs:,d} ms before");
            addLeftOut(status, text);
            return text.toString();
        }

        /** Adds a line about what did not fit into the model; nothing where all did. */
        private static void addLeftOut(JsonNode status, Text text) {
            if (status.path("beyondBounds").asLong() > 0) {
                text.add(
                        status,
                        "{beyondBounds:,d} items and events were left out of the model, which is full"
                                + " (docs/model.md says what it holds)");
            }
        }

        /** Returns tables of the model, the blend, the functions, streams and processes. */
        static String ofLocal(JsonNode status) {
            Text text = new Text();
            long seconds = status.path("uptimeMs").asLong() / 1000;
            text.add(status, "{state} at {api}, up for " + "%,d s".formatted(seconds));
            if (status.path("model").has("version")) {
                text.add(
                        "model %s, version %s ms before",
                        status.path("modelId").asText("?"),
                        Text.filled(status, "{/model/version:,d}, refreshed {/model/ageMs:,d}"));
            }
            status.path("storedBytes")
                    .forEachEntry(
                            (store, bytes) -> text.add("stored in %s: %,d KB", store, kb(bytes)));
            if (status.path("waitingForCatalogue").asLong() > 0) {
                text.add(
                        status,
                        "{waitingForCatalogue:,d} events wait for items that are not in the catalogue:"
                                + " put the items, or start the cloud with --catalogue open");
            }
            addLeftOut(status, text);
            if (status.has("blend")) {
                addBlend(status.path("blend"), text);
            }
            text.add("");
            text.add(
                    "%-14s %10s %8s %9s %9s %9s",
                    "function", "invoked", "errors", "throttled", "p50 ms", "p99 ms");
            status.path("functions")
                    .forEachEntry((name, counts) -> addFunction(name, counts, text));
            addStreams(status.path("mappings"), text);
            text.add("");
            text.add("%-28s %12s %10s", "process", "pid", "MB");
            for (JsonNode process : status.path("processes")) {
                long mb = kb(process.path("residentBytes")) >> 10;
                text.add(process, "{name:-28s} {pid:12d} " + "%,10d".formatted(mb));
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
                    blend,
                    "blend: {strategy}, {steps:,d} choices learned; weight, and performance alone");
            text.add(
                    "%-14s%18s%18s%18s",
                    "source", "thin history", "medium history", "long history");
            JsonNode situations = blend.path("situations");
            for (String source : names(situations.at("/medium/sources"))) {
                StringBuilder row = new StringBuilder("%-14s".formatted(source));
                for (String length : HISTORY_LENGTHS) {
                    JsonNode figures = situations.path(length).path("sources").path(source);
                    row.append(Text.filled(figures, "{weight:10.0f %} {performance:5.3f}"));
                }
                text.add("%s", row);
            }
        }

        private static List<String> names(JsonNode object) {
            return object.properties().stream().map(Map.Entry::getKey).toList();
        }

        private static void addFunction(String name, JsonNode counts, Text text) {
            text.add(
                    counts,
                    "%-14s ".formatted(name)
                            + "{invocations:,10d} {errors:,8d} {throttles:,9d}"
                            + " {/durationMs/p50:9.1f} {/durationMs/p99:9.1f}");
            if (counts.hasNonNull("lastError")) {
                text.add(counts, "    last error: {lastError}");
            }
        }

        private static void addStreams(JsonNode mappings, Text text) {
            text.add("");
            text.add("%-28s %12s %10s %10s", "stream to function", "behind", "age ms", "given up");
            for (JsonNode mapping : mappings) {
                String least = mapping.path("atLeast").asBoolean() ? "≥ " : "";
                text.add(
                        "%-28s %12s %s",
                        Text.filled(mapping, "{stream} → {function}"),
                        least + Text.filled(mapping, "{recordsBehind:,d}"),
                        Text.filled(mapping, "{ageMs:,10d} {givenUp:,10d}"));
            }
        }
    }
}

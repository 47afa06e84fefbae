package dev.freshet.cli.imports.sending;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far an import has come: all that the lines up to {@code line} say is settled.
 *
 * @param source what is imported where: another source's checkpoint does not count
 * @param line number of the last line that is settled, 0 where none is
 */
public record Checkpoint(Source source, long line, Totals totals) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    /**
     * What is imported where.
     *
     * @param endpoint address of the API
     * @param format name of the format
     * @param mapping hash of the mapping, or ""
     * @param bytes size of the file
     * @param beginning hash of the first 64 KiB of the file
     */
    public record Source(
            String endpoint, String format, String mapping, long bytes, String beginning) {
        private ObjectNode json() {
            return JSON.createObjectNode()
                    .put("endpoint", endpoint)
                    .put("format", format)
                    .put("mapping", mapping)
                    .put("bytes", bytes)
                    .put("beginning", beginning);
        }
    }

    /** Returns the checkpoint of an import that has not begun. */
    public static Checkpoint start(Source source) {
        return new Checkpoint(source, 0, new Totals(0, 0, 0, new TreeMap<>(), new TreeMap<>()));
    }

    /**
     * Reads a checkpoint; empty if the file does not exist.
     *
     * @throws CommandException if the file is that of another import, or no checkpoint
     */
    public static Optional<Checkpoint> read(Path file, Source source) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (IOException damaged) {
            throw new CommandException(
                    file + " is not a checkpoint of an import; add --restart to begin anew.",
                    damaged);
        }
        if (json.path("version").asInt() != VERSION
                || !json.path("source").equals(JSON.readTree(source.json().toString()))) {
            throw new CommandException(
                    file
                            + " belongs to an import of another file, mapping, format or stack that was"
                            + " interrupted; add --restart to begin anew.");
        }
        return Optional.of(
                new Checkpoint(
                        source,
                        json.path("line").asLong(),
                        new Totals(
                                json.path("events").asLong(),
                                json.path("items").asLong(),
                                json.path("users").asLong(),
                                counts(json.path("refused")),
                                counts(json.path("skipped")))));
    }

    private static SortedMap<String, Long> counts(JsonNode json) {
        SortedMap<String, Long> counts = new TreeMap<>();
        json.properties().forEach(each -> counts.put(each.getKey(), each.getValue().asLong()));
        return counts;
    }

    /** Writes the checkpoint in place of the one before it. */
    void write(Path file) throws IOException {
        ObjectNode json = JSON.createObjectNode().put("version", VERSION);
        json.set("source", source.json());
        json.put("line", line)
                .put("events", totals.events())
                .put("items", totals.items())
                .put("users", totals.users());
        ObjectNode refused = json.putObject("refused");
        totals.refusedByCode().forEach(refused::put);
        ObjectNode skipped = json.putObject("skipped");
        totals.skippedByReason().forEach(skipped::put);
        Path next = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(next, json + "\n");
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}

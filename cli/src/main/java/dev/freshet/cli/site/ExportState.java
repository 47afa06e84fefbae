package dev.freshet.cli.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far an export has come. It is kept in the folder of the export until that is complete.
 *
 * @param tables names of what is exported, so that two sites are never mixed in one folder
 * @param startedAt when the export began, at first
 * @param stage what is being written
 * @param after the key after which the table of that stage is read on; empty at its beginning
 * @param files the valid size of each file
 */
record ExportState(
        String tables,
        Instant startedAt,
        Stage stage,
        Map<String, String> after,
        Map<String, LinesFile.Size> files) {
    /** Name of the file that holds the state. */
    static final String FILE = "export.checkpoint";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    /**
     * What an export does, in this order. Users are read after interactions, so that the rows of a
     * user who is erased meanwhile are known to be erased.
     */
    enum Stage {
        ITEMS,
        INTERACTIONS,
        USERS,
        ORDER;

        private Stage next() {
            return switch (this) {
                case ITEMS -> INTERACTIONS;
                case INTERACTIONS -> USERS;
                case USERS, ORDER -> ORDER;
            };
        }
    }

    ExportState {
        after = Map.copyOf(after);
        files = Map.copyOf(files);
    }

    static ExportState start(String tables, Instant now) {
        return new ExportState(tables, now, Stage.ITEMS, Map.of(), Map.of());
    }

    LinesFile.Size size(String file) {
        return files.getOrDefault(file, LinesFile.Size.NONE);
    }

    /** Returns the state after a part of a table; the next stage begins after the last part. */
    ExportState after(Map<String, String> next, Map<String, LinesFile.Size> written) {
        Map<String, LinesFile.Size> all = new HashMap<>(files);
        all.putAll(written);
        Stage now = next.isEmpty() ? stage.next() : stage;
        return new ExportState(tables, startedAt, now, next, all);
    }

    /**
     * Reads the state of an export that was interrupted; empty where the folder has none.
     *
     * @throws CommandException if it is that of other tables, or cannot be read
     */
    static Optional<ExportState> read(Path folder, String tables) throws IOException {
        try {
            JsonNode json = JSON.readTree(Files.readString(folder.resolve(FILE)));
            if (json.path("version").asInt() != VERSION
                    || !json.path("tables").asText().equals(tables)) {
                throw new CommandException(
                        folder
                                + " holds an interrupted export of other tables ("
                                + json.path("tables").asText()
                                + "): name another folder.");
            }
            Map<String, String> after = new TreeMap<>();
            json.path("after")
                    .properties()
                    .forEach(part -> after.put(part.getKey(), part.getValue().asText()));
            Map<String, LinesFile.Size> files = new TreeMap<>();
            json.path("files")
                    .properties()
                    .forEach(
                            file ->
                                    files.put(
                                            file.getKey(),
                                            new LinesFile.Size(
                                                    file.getValue().path("bytes").asLong(),
                                                    file.getValue().path("lines").asLong())));
            return Optional.of(
                    new ExportState(
                            tables,
                            Instant.parse(json.path("startedAt").asText()),
                            Stage.valueOf(json.path("stage").asText()),
                            after,
                            files));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (JsonProcessingException damaged) {
            throw new CommandException(
                    folder.resolve(FILE) + " cannot be read: remove the folder and export again.",
                    damaged);
        }
    }

    /** Writes the state in place of the one before it. */
    void write(Path folder) throws IOException {
        ObjectNode json = JSON.createObjectNode().put("version", VERSION);
        json.put("tables", tables).put("startedAt", startedAt.toString());
        json.put("stage", stage.name());
        ObjectNode key = json.putObject("after");
        new TreeMap<>(after).forEach(key::put);
        ObjectNode sizes = json.putObject("files");
        new TreeMap<>(files)
                .forEach(
                        (name, size) ->
                                sizes.putObject(name)
                                        .put("bytes", size.bytes())
                                        .put("lines", size.lines()));
        Path next = folder.resolve(FILE + ".tmp");
        Files.writeString(next, json + "\n");
        Files.move(
                next,
                folder.resolve(FILE),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }
}

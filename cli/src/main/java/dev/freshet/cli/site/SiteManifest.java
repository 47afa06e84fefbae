package dev.freshet.cli.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an export holds: its files with their lines and checksums.
 *
 * @param exportedAt when the export began: whoever is erased later may be in its files
 * @param files by their names, in the order in which they are restored
 */
record SiteManifest(Instant exportedAt, Map<String, Entry> files) {
    static final String FILE = "manifest.json";
    static final String ITEMS = "items.jsonl";
    static final String USERS = "users.jsonl";
    static final String EVENTS = "events.jsonl";
    static final List<String> FILES = List.of(ITEMS, USERS, EVENTS);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORMAT = 1;

    /**
     * One file.
     *
     * @param sha256 in hexadecimal digits
     */
    record Entry(long lines, String sha256) {}

    /** Returns the manifest of files that are written, with these numbers of lines. */
    static SiteManifest of(Path folder, Instant exportedAt, Map<String, Long> lines)
            throws IOException {
        Map<String, Entry> files = new LinkedHashMap<>();
        for (String name : FILES) {
            files.put(name, new Entry(lines.getOrDefault(name, 0L), sha256(folder.resolve(name))));
        }
        return new SiteManifest(exportedAt, files);
    }

    /**
     * Reads the manifest of an export, and reads back all its files.
     *
     * @throws CommandException naming the file that is missing, or is not the one that was exported
     */
    static SiteManifest verified(Path folder) throws IOException {
        SiteManifest manifest = read(folder);
        for (Map.Entry<String, Entry> each : manifest.files().entrySet()) {
            Path file = folder.resolve(each.getKey());
            if (!Files.isRegularFile(file)) {
                throw new CommandException(
                        file + " is missing: restore from a complete copy of the export.");
            }
            if (!sha256(file).equals(each.getValue().sha256())) {
                throw new CommandException(
                        file
                                + " is not the file that was exported, its checksum is another: restore"
                                + " from an unchanged copy. Nothing was sent.");
            }
        }
        return manifest;
    }

    private static SiteManifest read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        try {
            JsonNode json = JSON.readTree(Files.readString(file));
            if (json.path("format").asInt() != FORMAT) {
                throw new CommandException(
                        file + " is not the manifest of an export that this release can read.");
            }
            Map<String, Entry> files = new LinkedHashMap<>();
            for (String name : FILES) {
                JsonNode entry = json.path("files").path(name);
                files.put(
                        name,
                        new Entry(entry.path("lines").asLong(), entry.path("sha256").asText()));
            }
            return new SiteManifest(Instant.parse(json.path("exportedAt").asText()), files);
        } catch (NoSuchFileException absent) {
            throw new CommandException(
                    Files.exists(folder.resolve(ExportState.FILE))
                            ? "The export in "
                                    + folder
                                    + " was interrupted: run 'freshet export "
                                    + folder
                                    + "' again, it goes on."
                            : folder + " is no export: it has no " + FILE + ".",
                    absent);
        } catch (JsonProcessingException | DateTimeException damaged) {
            throw new CommandException(
                    file + " cannot be read: restore from an unchanged copy of the export.",
                    damaged);
        }
    }

    ObjectNode json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", FORMAT).put("exportedAt", exportedAt.toString());
        ObjectNode described = json.putObject("files");
        files.forEach(
                (name, entry) ->
                        described
                                .putObject(name)
                                .put("lines", entry.lines())
                                .put("sha256", entry.sha256()));
        return json;
    }

    /** Writes the manifest, which makes the export complete. */
    void write(Path folder) throws IOException {
        Path next = folder.resolve(FILE + ".tmp");
        Files.writeString(next, json().toPrettyString());
        Files.move(next, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    long lines(String file) {
        Entry entry = files.get(file);
        return entry == null ? 0 : entry.lines();
    }

    String sha256(String file) {
        Entry entry = files.get(file);
        return entry == null ? "" : entry.sha256();
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream bytes =
                        new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(bytes.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}

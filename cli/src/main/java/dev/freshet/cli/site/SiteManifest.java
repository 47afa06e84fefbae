package dev.freshet.cli.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freshet.check.Sha256;
import dev.freshet.console.CommandException;
import dev.freshet.console.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an export holds: its files with their lines and checksums.
 *
 * @param format number of the format of the files
 * @param exportedAt when the export began: whoever is erased later may be in its files
 * @param files by their names, in the order in which they are restored
 */
record SiteManifest(int format, Instant exportedAt, Map<String, Entry> files) {
    static final String FILE = "manifest.json";
    static final String ITEMS = "items.jsonl";
    static final String USERS = "users.jsonl";
    static final String EVENTS = "events.jsonl";
    static final List<String> FILES = List.of(ITEMS, USERS, EVENTS);

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
            files.put(
                    name, new Entry(lines.getOrDefault(name, 0L), Sha256.of(folder.resolve(name))));
        }
        return new SiteManifest(FORMAT, exportedAt, files);
    }

    /**
     * Reads the manifest of an export, and reads back all its files.
     *
     * @throws CommandException naming the file that is missing, or is not the one that was exported
     */
    static SiteManifest verified(Path folder) throws IOException {
        SiteManifest manifest = read(folder);
        for (String name : FILES) {
            Path file = folder.resolve(name);
            CommandException.require(
                    Files.isRegularFile(file) && manifest.files().containsKey(name),
                    "%s is missing: restore from a complete copy of the export.",
                    file);
            CommandException.require(
                    Sha256.of(file).equals(manifest.sha256(name)),
                    "%s is not the file that was exported, its checksum is another: restore from an unchanged copy. Nothing was sent.",
                    file);
        }
        return manifest;
    }

    private static SiteManifest read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        Optional<SiteManifest> manifest;
        try {
            manifest = file(folder).read();
        } catch (JsonProcessingException damaged) {
            throw new CommandException(
                    damaged,
                    "%s cannot be read: restore from an unchanged copy of the export.",
                    file);
        }
        if (manifest.isEmpty()) {
            throw new CommandException(
                    Files.exists(folder.resolve(ExportState.FILE))
                            ? "The export in %s was interrupted: run 'freshet export %s' again, it goes on."
                                    .formatted(folder, folder)
                            : folder + " is no export: it has no " + FILE + ".");
        }
        CommandException.require(
                manifest.get().format() == FORMAT,
                "%s is not the manifest of an export that this release can read.",
                file);
        return manifest.get();
    }

    /** Writes the manifest, which makes the export complete. */
    void write(Path folder) throws IOException {
        file(folder).write(this);
    }

    private static StateFile<SiteManifest> file(Path folder) {
        return new StateFile<>(folder.resolve(FILE), SiteManifest.class);
    }

    long lines(String file) {
        Entry entry = files.get(file);
        return entry == null ? 0 : entry.lines();
    }

    String sha256(String file) {
        Entry entry = files.get(file);
        return entry == null ? "" : entry.sha256();
    }
}

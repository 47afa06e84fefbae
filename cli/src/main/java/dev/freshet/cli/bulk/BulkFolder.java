package dev.freshet.cli.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.console.CommandException;
import dev.freshet.console.PrivateFiles;
import dev.freshet.console.StateFile;
import dev.freshet.recommend.BulkRun;
import dev.freshet.recommend.BulkRun.LineRange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The folder of one run: {@value #RUN} says what it is about, each other file has the lists of a
 * batch, and {@value #REFUSED} the lines without a list. A file is moved into the folder when it is
 * complete, so what is there is done.
 */
final class BulkFolder {
    /** The file that says what the run is about. */
    static final String RUN = "run.json";

    /** The file with the refusals. */
    static final String REFUSED = "refused.jsonl";

    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final ObjectNode note;

    private BulkFolder(Path folder, ObjectNode note) {
        this.folder = folder;
        this.note = note;
    }

    /**
     * Opens the folder of a run, which begins there or goes on.
     *
     * @param users the digest of the file of users
     * @param ids makes the id of a new run
     * @throws CommandException if another run is in the folder
     */
    static BulkFolder open(Path folder, JsonNode request, String users, Supplier<String> ids)
            throws IOException {
        PrivateFiles.folder(folder);
        if (!Files.exists(folder.resolve(RUN))) {
            try (Stream<Path> others = Files.list(folder)) {
                CommandException.require(
                        others.findAny().isEmpty(),
                        "%s is not empty and has no run in it: name another --out.",
                        folder);
            }
            ObjectNode note =
                    JSON.createObjectNode()
                            .put("run", new BulkRun(ids.get()).id())
                            .put("users", users)
                            .put("attempts", 0);
            note.set("request", request);
            BulkFolder made = new BulkFolder(folder, note);
            made.write();
            return made;
        }
        ObjectNode note = state(folder).read().orElseThrow();
        CommandException.require(
                note.path("users").asText().equals(users) && note.path("request").equals(request),
                "%s has a run over other users or with another request: name another --out, or remove the folder.",
                folder);
        return new BulkFolder(folder, note);
    }

    BulkRun run() {
        return new BulkRun(note.path("run").asText());
    }

    JsonNode request() {
        return note.path("request");
    }

    /** Returns the execution that was started last, which may be under way. */
    Optional<String> execution() {
        return Optional.ofNullable(note.path("execution").textValue());
    }

    /** Begins a further attempt and returns its number, from 1. */
    int nextAttempt() {
        int attempt = note.path("attempts").asInt() + 1;
        note.put("attempts", attempt);
        write();
        return attempt;
    }

    /** Keeps the name of the execution that was started. */
    void started(String execution) {
        note.put("execution", execution);
        write();
    }

    private void write() {
        try {
            state(folder).write(note);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static StateFile<ObjectNode> state(Path folder) {
        return new StateFile<>(folder.resolve(RUN), ObjectNode.class);
    }

    /**
     * Takes the lists of a range of lines.
     *
     * @param download writes them to a path, in place of what an earlier attempt left
     */
    void take(LineRange lines, Consumer<Path> download) {
        try {
            Path part = folder.resolve(lines.fileName() + ".part");
            download.accept(part);
            Files.move(
                    part,
                    folder.resolve(lines.fileName()),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** Returns the lines whose users are done: each has a list or a refusal. */
    BitSet done() {
        BitSet done = new BitSet();
        for (Path file : lists()) {
            LineRange.parse(file.getFileName().toString())
                    .ifPresent(lines -> done.set((int) lines.first(), (int) lines.last() + 1));
        }
        return done;
    }

    private List<Path> lists() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> LineRange.parse(file.getFileName().toString()).isPresent())
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** How many lists a run has made, and how many lines were refused. */
    record Summary(long lists, long refused) {}

    /** Writes the refusals of the input and of the lists into one file, and counts both. */
    Summary summarise(List<ObjectNode> refused) {
        long lists = 0;
        long refusals = refused.size();
        try (Writer out = Files.newBufferedWriter(PrivateFiles.file(folder.resolve(REFUSED)))) {
            for (ObjectNode line : refused) {
                out.write(line + "\n");
            }
            for (Path file : lists()) {
                try (BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        new GZIPInputStream(Files.newInputStream(file)),
                                        StandardCharsets.UTF_8))) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        if (line.contains("\"recommendationId\":\"")) {
                            lists++;
                        } else {
                            refusals++;
                            out.write(line + "\n");
                        }
                    }
                }
            }
            return new Summary(lists, refusals);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

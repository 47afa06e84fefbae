package dev.freshet.cli.site;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.Progress;
import dev.freshet.cli.imports.Account;
import dev.freshet.cli.imports.Checkpoint;
import dev.freshet.cli.imports.ImportEntry;
import dev.freshet.cli.imports.ImportEntry.Refusal;
import dev.freshet.cli.imports.ImportRun;
import dev.freshet.cli.imports.ImportRun.EntrySink;
import dev.freshet.cli.imports.Input;
import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.cli.imports.JsonLines;
import dev.freshet.cli.imports.RefusalFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends the files of an export to a stack: items, then users, then events. The checkpoint of each
 * file lies beside it until all of them are sent, so that an interrupted restore goes on where it
 * stood.
 */
final class SiteRestore {
    private final Path folder;
    private final SiteManifest manifest;
    private final URI endpoint;
    private final Account account = new Account(this::refuse);
    private final boolean writable;
    private @Nullable RefusalFile refused;

    /**
     * Creates a restore.
     *
     * @param manifest the manifest of the folder, whose files were read back
     * @param endpoint the stack
     */
    SiteRestore(Path folder, SiteManifest manifest, URI endpoint) {
        this.folder = folder;
        this.manifest = manifest;
        this.endpoint = endpoint;
        this.writable = Files.isWritable(folder);
    }

    /** Returns the counts of the restore. */
    Account account() {
        return account;
    }

    /** Where a restore stands: the last line of each file that is settled. */
    record Begun(Map<String, Checkpoint> files) {
        /** Returns whether an earlier call was interrupted. */
        boolean interrupted() {
            return files.values().stream().anyMatch(each -> each.line() > 0);
        }
    }

    /**
     * Finds out where the restore stands, and counts what was done before.
     *
     * @param anew whether to begin anew in any case
     * @throws dev.freshet.cli.CommandException if another stack's restore was interrupted
     */
    Begun begin(boolean anew) throws IOException {
        Map<String, Checkpoint> files = new LinkedHashMap<>();
        Optional<Checkpoint> last = Optional.empty();
        for (String name : SiteManifest.FILES) {
            Checkpoint.Source source = source(name);
            Optional<Checkpoint> found =
                    anew ? Optional.empty() : Checkpoint.read(checkpoint(name), source);
            files.put(name, found.orElse(Checkpoint.start(source)));
            if (found.isPresent()) {
                last = found;
            }
        }
        last.ifPresent(each -> account.resume(each.totals()));
        return new Begun(files);
    }

    /**
     * Sends what is not settled yet.
     *
     * @param erased whether the user of an id is to be left out
     * @param bars makes the display of the progress of one file
     */
    void run(
            Begun begun,
            EntrySink sink,
            Predicate<String> erased,
            BiFunction<String, Long, Progress> bars)
            throws IOException, InterruptedException {
        for (String name : SiteManifest.FILES) {
            Path file = folder.resolve(name);
            Checkpoint from = begun.files().getOrDefault(name, Checkpoint.start(source(name)));
            Optional<Path> refusals =
                    writable
                            ? Optional.of(folder.resolve(name + ".refused.jsonl"))
                            : Optional.empty();
            try (RefusalFile beside = new RefusalFile(refusals, from.line() > 0);
                    Input input = Input.text(file);
                    Progress progress = bars.apply(name, input.total())) {
                refused = beside;
                new ImportRun(
                                parser(name, erased),
                                sink,
                                account,
                                writable ? Optional.of(checkpoint(name)) : Optional.empty(),
                                progress::at)
                        .takeAll(input, from);
            }
        }
        for (String name : SiteManifest.FILES) {
            Files.deleteIfExists(checkpoint(name));
        }
    }

    /** Returns the parser of a file, which leaves out what it says of erased users. */
    private static JsonLines parser(String file, Predicate<String> erased) {
        return new JsonLines("export/" + file, (line, json) -> entries(file, line, json, erased));
    }

    private static List<ImportEntry> entries(
            String file, InputLine line, ObjectNode json, Predicate<String> erased) {
        if (file.equals(SiteManifest.ITEMS)) {
            return List.of(new ImportEntry.OfItem(line, json));
        }
        if (erased.test(json.path("userId").asText())) {
            return List.of(new ImportEntry.Skipped(line, "user erased since the export"));
        }
        return file.equals(SiteManifest.EVENTS)
                ? List.of(new ImportEntry.OfEvent(line, json))
                : ImportEntry.ofUser(line, json).stream()
                        .filter(entry -> !isErased(entry, erased))
                        .toList();
    }

    private static boolean isErased(ImportEntry entry, Predicate<String> erased) {
        return entry instanceof ImportEntry.OfAlias alias && erased.test(alias.anonymousId());
    }

    private void refuse(Refusal refusal) {
        RefusalFile beside = refused;
        if (beside != null) {
            beside.add(refusal);
        }
    }

    private Path checkpoint(String name) {
        return folder.resolve(name + ".checkpoint");
    }

    private Checkpoint.Source source(String name) throws IOException {
        return new Checkpoint.Source(
                endpoint.toString(),
                "export/" + name,
                Files.size(folder.resolve(name)),
                manifest.sha256(name));
    }
}

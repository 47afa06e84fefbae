package dev.freshet.cli.site;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.cli.imports.Account;
import dev.freshet.cli.imports.Checkpoint;
import dev.freshet.cli.imports.ImportEntry;
import dev.freshet.cli.imports.ImportReport;
import dev.freshet.cli.imports.ImportRun;
import dev.freshet.cli.imports.ImportRun.EntrySink;
import dev.freshet.cli.imports.ImportRun.ImportSource;
import dev.freshet.cli.imports.Input;
import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.cli.imports.JsonLines;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Sends the files of an export to a stack: items, then users, then events. The checkpoint of each
 * file lies beside it until all of them are sent, so that an interrupted restore goes on where it
 * stood.
 *
 * @param manifest the manifest of the folder, whose files were read back
 * @param erased whether the user of an id is to be left out
 */
record SiteRestore(Path folder, SiteManifest manifest, Predicate<String> erased) {
    /**
     * Sends what is not settled yet, and returns a report of each file.
     *
     * @param endpoint address of the stack
     * @param restart whether to begin anew in any case
     * @param sinks returns what takes the entries of a file
     * @throws dev.freshet.cli.CommandException if another stack's restore was interrupted
     */
    List<ImportReport> run(
            URI endpoint, boolean restart, Output output, Function<Account, EntrySink> sinks)
            throws IOException, InterruptedException {
        List<ImportReport> reports = new ArrayList<>();
        List<ImportRun> runs = SiteManifest.FILES.stream().map(this::run).toList();
        for (ImportRun run : runs) {
            String name = run.source().name().getFileName().toString();
            try (Input input = run.source().opener().open();
                    Progress progress = output.progress(name, input.total())) {
                Checkpoint begun = run.begin(endpoint.toString(), restart, input);
                if (begun.line() > 0 && reports.isEmpty()) {
                    output.note("Goes on with the restore that was interrupted.");
                }
                reports.add(run.take(input, begun, sinks, progress::at));
            }
        }
        for (ImportRun run : runs) {
            run.end();
        }
        return reports;
    }

    private ImportRun run(String name) {
        JsonLines parser =
                new JsonLines("export/" + name, (line, json) -> entries(name, line, json));
        Path file = folder.resolve(name);
        ImportSource source =
                new ImportSource(parser, file, manifest.sha256(name), () -> Input.text(file));
        return new ImportRun(
                source, source.sibling(ImportRun.CHECKPOINT), source.sibling(ImportRun.REFUSED));
    }

    /** Returns what a line of a file says, without what it says of erased users. */
    private List<ImportEntry> entries(String file, InputLine line, ObjectNode json) {
        if (file.equals(SiteManifest.ITEMS)) {
            return List.of(new ImportEntry.OfItem(line, json));
        }
        if (erased.test(json.path("userId").asText())) {
            return List.of(new ImportEntry.Skipped(line, "user erased since the export"));
        }
        return file.equals(SiteManifest.EVENTS)
                ? List.of(new ImportEntry.OfEvent(line, json))
                : ImportEntry.ofUser(line, json).stream()
                        .filter(entry -> !isErased(entry))
                        .toList();
    }

    private boolean isErased(ImportEntry entry) {
        return entry instanceof ImportEntry.OfAlias alias && erased.test(alias.anonymousId());
    }
}

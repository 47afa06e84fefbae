package dev.freshet.cli.site;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.imports.Checkpoint;
import dev.freshet.cli.imports.ImportEntry;
import dev.freshet.cli.imports.ImportReport;
import dev.freshet.cli.imports.ImportRun;
import dev.freshet.cli.imports.ImportRun.EntrySink;
import dev.freshet.cli.imports.ImportRun.ImportSource;
import dev.freshet.cli.imports.Input;
import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.cli.imports.JsonLines;
import dev.freshet.console.Output;
import dev.freshet.console.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * Sends the files of an export to a stack: items, then users, then events. The checkpoint of each
 * file lies beside it until all of them are sent, so that an interrupted restore goes on where it
 * stood.
 *
 * @param manifest the manifest of the folder, whose files were read back
 */
record SiteRestore(Path folder, SiteManifest manifest) {
    /**
     * Returns where each file begins, and notes it if the restore was interrupted.
     *
     * @param endpoint address of the stack
     * @param restart whether to begin anew in any case
     * @throws dev.freshet.console.CommandException if another stack's restore was interrupted
     */
    SequencedMap<String, Checkpoint> begin(URI endpoint, boolean restart, Output output)
            throws IOException {
        SequencedMap<String, Checkpoint> begun = new LinkedHashMap<>();
        for (String name : SiteManifest.FILES) {
            ImportRun run = run(name, _ -> false);
            try (Input input = run.source().opener().open()) {
                begun.put(name, run.begin(endpoint.toString(), restart, input));
            }
        }
        if (begun.values().stream().anyMatch(each -> each.line() > 0)) {
            output.note("Goes on with the restore that was interrupted.");
        }
        return begun;
    }

    /**
     * Sends what is not settled yet, and returns a report of each file.
     *
     * @param erased whether the user of an id is to be left out
     * @param sink takes the entries of all files
     */
    List<ImportReport> send(
            SequencedMap<String, Checkpoint> begun,
            Predicate<String> erased,
            EntrySink sink,
            Output output)
            throws IOException, InterruptedException {
        List<ImportReport> reports = new ArrayList<>();
        for (Map.Entry<String, Checkpoint> file : begun.entrySet()) {
            ImportRun run = run(file.getKey(), erased);
            try (Input input = run.source().opener().open();
                    Progress progress = output.progress(file.getKey(), input.total())) {
                reports.add(run.sendAll(input, file.getValue(), sink, progress::at));
            }
        }
        for (String name : begun.keySet()) {
            run(name, erased).end();
        }
        return reports;
    }

    private ImportRun run(String name, Predicate<String> erased) {
        JsonLines parser =
                new JsonLines("export/" + name, (line, json) -> entries(name, line, json, erased));
        Path file = folder.resolve(name);
        ImportSource source =
                new ImportSource(parser, file, manifest.sha256(name), () -> Input.text(file));
        return new ImportRun(
                source, source.sibling(ImportRun.CHECKPOINT), source.sibling(ImportRun.REFUSED));
    }

    /** Returns what a line of a file says, without what it says of erased users. */
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
}

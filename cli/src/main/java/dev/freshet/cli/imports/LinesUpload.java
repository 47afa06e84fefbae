package dev.freshet.cli.imports;

import dev.freshet.api.FreshetClient;
import dev.freshet.api.FreshetClient.UnreachableException;
import dev.freshet.api.Requests.Waiter;
import dev.freshet.cli.connection.ApiOptions;
import dev.freshet.cli.imports.ImportRun.ImportSource;
import dev.freshet.console.CommandException;
import dev.freshet.console.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The upload of a file with an item or a user on each line. Lines that are refused are counted,
 * reported and written to a file as those of an import are; there is no checkpoint, since putting a
 * line again changes nothing.
 *
 * @param what a line holds, in the plural
 * @param parser converts the lines
 */
public record LinesUpload(String what, JsonLines parser) {
    /** One request at a time; at most 20,000 entries a second, in requests of at most 500. */
    private static final EntrySender.Limits LIMITS = new EntrySender.Limits(1, 20_000);

    /** Returns the upload of items. */
    public static LinesUpload items() {
        return new LinesUpload("items", JsonLines.items());
    }

    /** Returns the upload of users. */
    public static LinesUpload users() {
        return new LinesUpload("users", JsonLines.users());
    }

    /**
     * Sends a file and prints what became of its lines.
     *
     * @return the exit code, as that of an import
     * @throws CommandException if the file cannot be read, or the API takes nothing
     */
    public int send(Path file, ApiOptions api) throws IOException, InterruptedException {
        ImportSource source = ImportSource.of(parser, file);
        ImportRun run = new ImportRun(source, Optional.empty(), source.sibling(ImportRun.REFUSED));
        ImportReport report = send(run, api);
        api.output().result(report.json(what), report.text(what));
        return report.exitCode();
    }

    private ImportReport send(ImportRun run, ApiOptions api)
            throws IOException, InterruptedException {
        InstantSource clock = InstantSource.system();
        try (FreshetClient client = api.connection().client();
                EntrySender sender =
                        new EntrySender(
                                client, UnaryOperator.identity(), LIMITS, clock, Waiter.SLEEP);
                Input input = run.source().opener().open();
                Progress progress = api.output().progress("Read", input.total())) {
            return run.sendAll(input, run.begin("", true, input), sender, progress::at);
        } catch (UnreachableException e) {
            throw new CommandException(e);
        }
    }
}

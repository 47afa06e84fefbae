package dev.freshet.cli.imports;

import dev.freshet.access.ImportPermit;
import dev.freshet.api.Drain;
import dev.freshet.api.FreshetClient;
import dev.freshet.api.FreshetClient.UnreachableException;
import dev.freshet.cli.EventTypesOption;
import dev.freshet.cli.connection.ConnectionOptions;
import dev.freshet.cli.connection.StackConnection;
import dev.freshet.cli.connection.StackOutputs.StackNameOption;
import dev.freshet.cli.imports.ApiRules.EntryCheck;
import dev.freshet.cli.imports.ImportRun.EntrySink;
import dev.freshet.cli.imports.ImportRun.ImportSource;
import dev.freshet.cli.imports.SendingOptions.Permits;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.console.Progress;
import dev.freshet.event.EventTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet import}: sends what files record to the API, with its original times. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Sends the events of files to the API with their original times; on a local cloud it"
                    + " then waits until all of them are applied.",
            "An import that was interrupted goes on where it stood when the command is run again."
                    + " Importing a file again changes nothing."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything was accepted",
            "1:failure; a sentence on standard error says why and what to do",
            "2:the command line was not understood",
            "3:done, but lines were refused, or would be with --dry-run"
        })
public final class ImportCommand implements Callable<Integer> {
    /** Requests at a time. */
    private static final int LANES = 4;

    @Parameters(
            arity = "0..*",
            paramLabel = "[FORMAT] FILE",
            description =
                    "Format of the files, and then the files, which are read one after the other"
                            + " and may be compressed with gzip. Formats: csv"
                            + " (user,item,type,value,time), jsonl (one event of the API on each line),"
                            + " segment (also RudderStack).")
    private List<String> words = List.of();

    @Option(
            names = "--query",
            paramLabel = "SQL",
            description =
                    "DuckDB query that reads files of any other format, such as Parquet, and gives"
                            + " an event, an item or a user in each row: docs/import.md.")
    private @Nullable String query;

    @Option(
            names = "--dry-run",
            description =
                    "Read everything, check it by the rules of the API, report what would be"
                            + " refused, and send nothing.")
    private boolean dryRun;

    @Option(
            names = "--rejections",
            paramLabel = "FILE",
            description =
                    "File to write each refused line to, with its number, code and reason, as JSON"
                            + " lines. Default: FILE.refused.jsonl beside the input, or"
                            + " query-HASH.refused.jsonl here.")
    private @Nullable Path rejections;

    @Option(
            names = "--restart",
            description = "Begin anew, and not where an interrupted import stood.")
    private boolean restart;

    @Mixin private final EventTypesOption types = new EventTypesOption();

    @Mixin private final SendingOptions sending = new SendingOptions();

    @Mixin private final Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws IOException, InterruptedException {
        int exitCode = 0;
        for (ImportSource source : sources()) {
            ImportReport report = dryRun ? check(source) : send(source);
            output.result(report.json(dryRun), report.text(dryRun));
            exitCode = Math.max(exitCode, report.exitCode());
        }
        return exitCode;
    }

    private List<ImportSource> sources() throws IOException {
        if (query != null && words.isEmpty()) {
            return List.of(ImportSource.ofQuery(query));
        }
        if (query != null || words.size() < 2) {
            throw new ParameterException(
                    command.commandLine(), "Name a format and a file, or give a --query alone.");
        }
        List<ImportSource> files = new ArrayList<>();
        for (String file : words.subList(1, words.size())) {
            files.add(ImportSource.ofFile(words.getFirst(), Path.of(file)));
        }
        return files;
    }

    private ImportReport check(ImportSource source) throws IOException, InterruptedException {
        ApiRules rules = new ApiRules(clock.instant(), types());
        ImportRun run = new ImportRun(source, Optional.empty(), Optional.ofNullable(rejections));
        return run(run, "", new EntryCheck(rules));
    }

    /** Returns the types that a dry run knows: of the option, else of the stack of --stack. */
    private EventTypes types() {
        return types.find()
                .or(
                        () ->
                                sending.outputs()
                                        .flatMap(outputs -> outputs.find("EventTypes"))
                                        .map(EventTypes::parse))
                .orElse(EventTypes.BUILT_IN);
    }

    private ImportReport send(ImportSource source) throws IOException, InterruptedException {
        StackConnection connection = sending.connection();
        Optional<Path> refusals =
                Optional.ofNullable(rejections).or(() -> source.sibling(ImportRun.REFUSED));
        ImportRun run = new ImportRun(source, source.sibling(ImportRun.CHECKPOINT), refusals);
        try (FreshetClient client = connection.client();
                EntrySender sender = sending.sender(connection, client, LANES, clock)) {
            NamedItems named = new NamedItems(sender);
            ImportReport report = run(run, connection.endpoint().toString(), named);
            run.end();
            named.warning(client).ifPresent(output::note);
            return report.appliedAfter(drain(client, report));
        } catch (UnreachableException e) {
            throw CommandException.withAdvice(e, "Then import again: no event is applied twice.");
        }
    }

    private ImportReport run(ImportRun run, String endpoint, EntrySink sink)
            throws IOException, InterruptedException {
        try (Input input = run.source().opener().open();
                Progress progress = output.progress("Read", input.total())) {
            Checkpoint begun = run.begin(endpoint, restart, input);
            if (begun.line() > 0) {
                output.note(
                        "Goes on after line %,d of %s."
                                .formatted(begun.line(), run.source().name()));
            }
            return run.sendAll(input, begun, sink, progress::at);
        }
    }

    /** Waits until all is applied; tells what was accepted where that never happens. */
    private Optional<Duration> drain(FreshetClient client, ImportReport report)
            throws InterruptedException {
        long[] most = {0};
        try (Progress progress = output.progress("Applied", 100)) {
            return Drain.await(
                    client,
                    behind -> {
                        most[0] = Math.max(most[0], behind);
                        progress.at(most[0] == 0 ? 0 : 100 - 100 * behind / most[0]);
                    });
        } catch (CommandException never) {
            output.note(report.counts(false).toString());
            throw never;
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Makes an import permit and prints it, for somebody who may send events and not"
                        + " read the stack's secret: freshet import --permit PERMIT.",
                "It allows events of any age since a day, until it ends. It cannot be revoked."
            })
    int permit(
            @Option(
                            names = "--hours",
                            paramLabel = "N",
                            defaultValue = "6",
                            description =
                                    "How long it is valid, 1 to 48 hours. Default: ${DEFAULT-VALUE}.")
                    int hours,
            @Option(
                            names = "--since",
                            paramLabel = "DAY",
                            description =
                                    "First day of the history, such as 2024-01-31. Default: 1970-01-01.")
                    @Nullable LocalDate since,
            @Mixin ConnectionOptions stack,
            @Mixin StackNameOption deployed,
            @Mixin Output output) {
        boolean allowed = hours >= 1 && hours <= ImportPermit.MAX_HOURS;
        CommandException.require(allowed, "--hours is 1 to %d.", ImportPermit.MAX_HOURS);
        Instant oldest =
                since == null ? Instant.EPOCH : since.atStartOfDay(ZoneOffset.UTC).toInstant();
        CommandException.require(
                !oldest.isBefore(Instant.EPOCH), "--since is 1970-01-01 or later.");
        Instant end = clock.instant().plus(Duration.ofHours(hours));
        String permit = Permits.permit(stack.find(), deployed.outputs(), end, oldest);
        output.note(
                "Allows events since " + oldest + " until " + end + ". Keep it as you keep a key.");
        return output.result(new Permit(permit, end, oldest), permit);
    }

    /** A permit that was made, and what it allows. */
    private record Permit(String permit, Instant expiresAt, Instant oldest) {}
}

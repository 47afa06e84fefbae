package dev.freshet.cli.imports;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.EventTypesOption;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.cli.client.ApiUnreachableException;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.StackConnection;
import dev.freshet.cli.imports.entry.ApiRules;
import dev.freshet.cli.imports.input.Input;
import dev.freshet.cli.imports.mapping.ImportMappingReader;
import dev.freshet.cli.imports.mapping.SuggestCommand;
import dev.freshet.cli.imports.sending.Account;
import dev.freshet.cli.imports.sending.Checkpoint;
import dev.freshet.cli.imports.sending.EntryCheck;
import dev.freshet.cli.imports.sending.EntrySender;
import dev.freshet.cli.imports.sending.EntrySink;
import dev.freshet.cli.imports.sending.ImportRun;
import dev.freshet.cli.imports.sending.Waiter;
import dev.freshet.event.EventTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
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

/**
 * {@code freshet import FORMAT FILE}: sends what files record to the API, with its original times.
 */
@Command(
        name = "import",
        subcommands = {SuggestCommand.class, PermitCommand.class},
        mixinStandardHelpOptions = true,
        description = {
            "Sends the events of files to the API with their original times; on a local cloud it then"
                    + " waits until all of them are applied.",
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
final class ImportCommand implements Callable<Integer> {
    /** Requests at a time. */
    private static final int LANES = 4;

    @Parameters(
            arity = "0..*",
            paramLabel = "[FORMAT] FILE",
            description =
                    "Format of the files, unless there is a --mapping, and then the files, which are read"
                            + " one after the other and may be compressed with gzip. A --mapping also reads Parquet. Formats: csv"
                            + " (user,item,type,value,time), jsonl (one event of the API on each line), segment"
                            + " (also RudderStack), mind, deskdrop, movielens.")
    private List<String> words = List.of();

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description =
                    "File in YAML that says what the columns or members of the files mean: docs/import.md;"
                            + " 'freshet import suggest FILE' writes a first one.")
    private @Nullable Path mapping;

    @Option(
            names = "--dry-run",
            description =
                    "Read everything, check it by the rules of the API, report what would be refused,"
                            + " and send nothing.")
    private boolean dryRun;

    @Option(
            names = "--rejections",
            paramLabel = "FILE",
            description =
                    "File to write each refused line to, with its number, code and reason, as JSON"
                            + " lines. Default: FILE.refused.jsonl beside the input.")
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
        if (words.size() < (mapping == null ? 2 : 1)) {
            throw new ParameterException(
                    command.commandLine(),
                    "Name a format and a file, or --mapping FILE and a file.");
        }
        ImportSource source = source();
        List<String> files = mapping == null ? words.subList(1, words.size()) : words;
        int exitCode = 0;
        for (String file : files) {
            ImportFiles beside =
                    ImportFiles.of(Path.of(file), Optional.ofNullable(rejections), dryRun);
            ImportReport report = dryRun ? check(source, beside) : send(source, beside);
            output.result(report.json(), report.text());
            exitCode = Math.max(exitCode, report.exitCode());
        }
        return exitCode;
    }

    private ImportSource source() {
        if (mapping != null) {
            return new ImportSource.Mapped(ImportMappingReader.read(mapping));
        }
        return new ImportSource.Named(words.getFirst());
    }

    private ImportReport check(ImportSource source, ImportFiles beside)
            throws IOException, InterruptedException {
        Checkpoint start =
                Checkpoint.start(beside.source("", source.parser().name(), source.mappingHash()));
        try (RefusalFile refused = new RefusalFile(beside.refusals(), false)) {
            Account account = new Account(refused::add);
            EntryCheck sink = new EntryCheck(new ApiRules(clock.instant(), types()), account);
            return run(source, beside, sink, account, start, refused);
        }
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

    private ImportReport send(ImportSource source, ImportFiles beside)
            throws IOException, InterruptedException {
        StackConnection connection = sending.connection();
        Checkpoint begun = begun(beside, source, connection);
        try (FreshetClient client = connection.client();
                RefusalFile refused = new RefusalFile(beside.refusals(), begun.line() > 0)) {
            Account account = new Account(refused::add);
            account.resume(begun.totals());
            try (EntrySender sink =
                    new EntrySender(
                            client,
                            sending.permits(connection, clock),
                            sending.limits(connection, LANES),
                            account,
                            clock,
                            Waiter.SLEEP)) {
                ImportReport report = run(source, beside, sink, account, begun, refused);
                return report.appliedAfter(drain(client));
            }
        } catch (ApiUnreachableException e) {
            throw new CommandException(
                    e.getMessage() + " Then import again: no event is applied twice.", e);
        }
    }

    private Checkpoint begun(ImportFiles beside, ImportSource source, StackConnection connection)
            throws IOException {
        Checkpoint.Source whole =
                beside.source(
                        connection.endpoint().toString(),
                        source.parser().name(),
                        source.mappingHash());
        if (restart || beside.checkpoint().isEmpty()) {
            return Checkpoint.start(whole);
        }
        Checkpoint begun =
                Checkpoint.read(beside.checkpoint().get(), whole).orElse(Checkpoint.start(whole));
        if (begun.line() > 0) {
            output.note("Goes on after line %,d of %s.".formatted(begun.line(), beside.file()));
        }
        return begun;
    }

    private ImportReport run(
            ImportSource source,
            ImportFiles beside,
            EntrySink sink,
            Account account,
            Checkpoint begun,
            RefusalFile refused)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Optional<Path> checkpoint = dryRun ? Optional.empty() : beside.checkpoint();
        try (Input input = source.open(beside.file());
                Progress progress = output.progress("Bytes", input.total())) {
            long rows =
                    new ImportRun(source.parser(), sink, account, checkpoint, progress::at)
                            .run(input, begun);
            return new ImportReport(
                    dryRun,
                    rows,
                    account.totals(),
                    account.newEvents(),
                    account.examples(),
                    Duration.ofNanos(System.nanoTime() - start),
                    Optional.empty(),
                    beside.refusals().filter(_ -> refused.written()).map(Path::toString));
        }
    }

    private Optional<Duration> drain(FreshetClient client) throws InterruptedException {
        long[] most = {1};
        try (Progress progress = output.progress("Applied", 100)) {
            return Drain.await(
                    client,
                    behind -> {
                        most[0] = Math.max(most[0], behind);
                        progress.at(100 - 100 * behind / most[0]);
                    });
        }
    }
}

package dev.freshet.cli.site;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.Drain;
import dev.freshet.api.FreshetClient;
import dev.freshet.api.FreshetClient.UnreachableException;
import dev.freshet.aws.Settings;
import dev.freshet.cli.connection.StackConnection;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.imports.Account;
import dev.freshet.cli.imports.Account.Totals;
import dev.freshet.cli.imports.Checkpoint;
import dev.freshet.cli.imports.EntrySender;
import dev.freshet.cli.imports.ImportEntry.Refusal;
import dev.freshet.cli.imports.ImportReport;
import dev.freshet.cli.imports.SendingOptions;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.console.Text;
import dev.freshet.folder.LocalState;
import dev.freshet.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet restore FOLDER}: sends an export back to a stack. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Brings a site back from the folder of 'freshet export': its items, then its users,"
                    + " then its interactions with their original times.",
            "The files are compared with the checksums of the manifest before anything is sent."
                    + " Users who were erased since the export are left out: those that the stack has a"
                    + " record of, and those of --without-users.",
            "A restore that was interrupted goes on where it stood when the command is run again."
                    + " Restoring again changes nothing."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything was accepted",
            "1:failure; a sentence on standard error says why and what to do",
            "2:the command line was not understood",
            "3:done, but lines were refused"
        })
public final class RestoreSiteCommand implements Callable<Integer> {
    /** Requests at a time: one, so that events arrive in the order in which they were taken. */
    private static final int LANES = 1;

    @Parameters(paramLabel = "FOLDER", description = "Folder of the export.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(
            names = "--restart",
            description = "Begin anew, and not where an interrupted restore stood.")
    private boolean restart;

    @Mixin private final ErasureOptions erasures = new ErasureOptions();

    @Mixin private final SendingOptions sending = new SendingOptions();

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws IOException, InterruptedException {
        SiteManifest manifest = SiteManifest.verified(folder);
        StackConnection connection = sending.connection();
        SiteRestore restore = new SiteRestore(folder, manifest);
        SequencedMap<String, Checkpoint> begun =
                restore.begin(connection.endpoint(), restart, output);
        Set<String> erased = erased(manifest, connection);
        try (FreshetClient client = connection.client();
                EntrySender sender = sending.sender(connection, client, LANES, clock)) {
            long start = System.nanoTime();
            List<ImportReport> files = restore.send(begun, erased::contains, sender, output);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            RestoreReport report = RestoreReport.of(files, took, Drain.await(client, _ -> {}));
            output.result(report.json(), report.text());
            return report.exitCode();
        } catch (UnreachableException e) {
            throw CommandException.withAdvice(e, "Then restore again: nothing is applied twice.");
        }
    }

    private Set<String> erased(SiteManifest manifest, StackConnection connection)
            throws IOException {
        Optional<Settings> tables =
                sending.outputs()
                        .map(StackOutputs::variables)
                        .or(() -> connection.local().flatMap(LocalState::environmentWithSecret))
                        .map(Settings::from);
        try {
            return erasures.erased(manifest.exportedAt(), tables, clock);
        } catch (StoreUnavailableException unanswered) {
            throw CommandException.withAdvice(
                    unanswered, "It has to be read to know who was erased since the export.");
        }
    }

    /**
     * What a restore did.
     *
     * @param examples the first refusals
     * @param took the time until everything was settled
     * @param applied the time after that until a local cloud had applied it; empty on other stacks
     */
    record RestoreReport(
            Totals totals, List<Refusal> examples, Duration took, Optional<Duration> applied) {
        private static final int SOME_REFUSED = 3;

        static RestoreReport of(
                List<ImportReport> files, Duration took, Optional<Duration> applied) {
            Account account = new Account(_ -> {});
            files.forEach(file -> account.resume(file.totals()));
            List<Refusal> examples =
                    files.stream()
                            .flatMap(file -> file.examples().stream())
                            .limit(Account.MAX_EXAMPLES)
                            .toList();
            return new RestoreReport(account.totals(), examples, took, applied);
        }

        int exitCode() {
            return totals.refused() == 0 ? 0 : SOME_REFUSED;
        }

        ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("items", totals.items())
                    .put("users", totals.users())
                    .put("events", totals.events())
                    .put("refused", totals.refused())
                    .put("linesOfErasedUsers", totals.skipped());
            totals.refusedByCode().forEach(json.putObject("refusals")::put);
            ArrayNode shown = json.putArray("examples");
            examples.forEach(refusal -> shown.add(refusal.json()));
            json.put("seconds", ImportReport.tenths(took));
            applied.ifPresent(time -> json.put("appliedAfterSeconds", ImportReport.tenths(time)));
            return json;
        }

        String text() {
            Text text = new Text();
            text.add(
                    "%,d items, %,d users and %,d events restored in %s s, %,d refused.",
                    totals.items(),
                    totals.users(),
                    totals.events(),
                    ImportReport.tenths(took),
                    totals.refused());
            if (totals.skipped() > 0) {
                text.add(
                        "%,d lines of users who were erased since the export are left out.",
                        totals.skipped());
            }
            totals.refusedByCode().forEach((code, count) -> text.add("  %,d × %s", count, code));
            ImportReport.addExamples(text, examples);
            if (totals.refused() > 0) {
                text.add("Refused lines are in FILE.refused.jsonl beside their files.");
            }
            ImportReport.addApplied(text, applied);
            return text.toString();
        }
    }
}

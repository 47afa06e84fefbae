package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.ImportPermit;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.cli.client.ApiUnreachableException;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.ConnectionOptions;
import dev.freshet.cli.connection.StackConnection;
import dev.freshet.cli.connection.StackNameOption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code freshet import FORMAT FILE}: sends recorded events with their original times to {@code
 * POST /v1/events}.
 */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Sends the events of a file to the API with their original times; on a local cloud it then"
                    + " waits until all of them are applied.",
            "Importing a file again changes nothing."
        })
final class ImportCommand implements Callable<Integer> {
    private static final Map<String, Format> FORMATS =
            Map.of(
                    "deskdrop", new DeskdropFormat(),
                    "movielens", new MovielensFormat(),
                    "jsonl", new JsonlFormat(),
                    "csv", new CsvFormat());
    private static final int REJECTIONS_SHOWN = 5;

    @Parameters(
            index = "0",
            paramLabel = "FORMAT",
            description =
                    "Format of the file: deskdrop, movielens, csv (user,item,type,value,time) or jsonl (one event of the"
                            + " API on each line).")
    @SuppressWarnings("NullAway.Init")
    private String format;

    @Parameters(index = "1", paramLabel = "FILE", description = "File to read.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--rejections",
            paramLabel = "FILE",
            description =
                    "File to write each rejected line number and its reason to, as JSON lines.")
    private @Nullable Path rejections;

    @Option(
            names = "--permit",
            paramLabel = "PERMIT",
            description =
                    "Import permit. Default: one signed with the secret of the local cloud, or of the"
                            + " stack of --stack.")
    private @Nullable String permit;

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final StackNameOption deployed = new StackNameOption();

    @Mixin private final Output output = new Output();

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Format known = FORMATS.get(format);
        if (known == null) {
            throw new CommandException(
                    "'" + format + "' is not a format: use deskdrop, movielens, csv or jsonl.");
        }
        if (!Files.isReadable(file)) {
            throw new CommandException("There is no readable file " + file + ".");
        }
        StackConnection connection = stack.find();
        String allowed =
                permit == null ? new Permits(clock).permit(connection, deployed.outputs()) : permit;
        try (FreshetClient client = connection.client();
                RejectionFile rejected = RejectionFile.at(rejections)) {
            return run(known, client, allowed, new Account(rejected::add));
        } catch (ApiUnreachableException e) {
            throw new CommandException(
                    e.getMessage() + " Then import again: no event is applied twice.", e);
        }
    }

    private int run(Format known, FreshetClient client, String allowed, Account account)
            throws IOException, InterruptedException {
        long rows;
        try (BufferedReader probe = Files.newBufferedReader(file)) {
            rows = probe.lines().count();
        }
        EventSender sender =
                new EventSender(client, Map.of(ImportPermit.HEADER, allowed), clock, account);
        long start = System.nanoTime();
        try (BufferedReader lines = Files.newBufferedReader(file);
                Progress progress = output.progress("Rows", rows)) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (number == 1 && known.isHeader(line)) {
                    rows--;
                    continue;
                }
                switch (known.row(number, line)) {
                    case Row.Understood row -> sender.add(row);
                    case Row.Unclear row ->
                            account.reject(
                                    new Account.Rejection(
                                            row.line(), "unreadable-row", row.detail()));
                }
                progress.at(account.accepted() + account.rejected());
            }
            sender.flush();
            progress.at(rows);
        }
        double acceptedAfter = (System.nanoTime() - start) / 1e9;
        Optional<Duration> drained = drain(client);
        ObjectNode result = result(rows, account, acceptedAfter, drained);
        output.result(result, text(result, account));
        return 0;
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

    private static ObjectNode result(
            long rows, Account account, double seconds, Optional<Duration> drained) {
        ObjectNode json = Format.JSON.createObjectNode();
        json.put("rows", rows)
                .put("accepted", account.accepted())
                .put("rejected", account.rejected());
        ObjectNode byCode = json.putObject("rejections");
        account.byCode().forEach(byCode::put);
        json.put("acceptSeconds", Math.round(seconds * 10) / 10.0)
                .put("acceptedPerSecond", Math.round(account.accepted() / Math.max(1e-3, seconds)));
        drained.ifPresent(
                took ->
                        json.put(
                                "appliedAfterSeconds", Math.round(took.toMillis() / 100.0) / 10.0));
        return json;
    }

    private static String text(ObjectNode result, Account account) {
        StringBuilder text = new StringBuilder();
        text.append(
                "%,d rows: %,d accepted in %s s (%,d a second), %,d rejected."
                        .formatted(
                                result.path("rows").asLong(),
                                account.accepted(),
                                result.path("acceptSeconds").asText(),
                                result.path("acceptedPerSecond").asLong(),
                                account.rejected()));
        List<String> codes = List.copyOf(account.byCode().keySet());
        for (String code : codes.subList(0, Math.min(REJECTIONS_SHOWN, codes.size()))) {
            text.append("%n  %,d × %s".formatted(account.byCode().get(code), code));
        }
        text.append(
                result.has("appliedAfterSeconds")
                        ? "%nAll applied %s s after the last was accepted."
                                .formatted(result.path("appliedAfterSeconds").asText())
                        : "\nA deployed stack does not show when all are applied; watch the alarms FeaturesBehind"
                                + " and TrainBehind.");
        return text.toString();
    }

    /** The file that rejections are written to; writes nothing where none was named. */
    private record RejectionFile(@Nullable PrintWriter out) implements AutoCloseable {
        static RejectionFile at(@Nullable Path file) throws IOException {
            return new RejectionFile(
                    file == null ? null : new PrintWriter(Files.newBufferedWriter(file), true));
        }

        void add(Account.Rejection rejection) {
            if (out != null) {
                ObjectNode line = Format.JSON.createObjectNode();
                line.put("line", rejection.line())
                        .put("code", rejection.code())
                        .put("detail", rejection.detail());
                out.println(line);
            }
        }

        @Override
        public void close() {
            if (out != null) {
                out.close();
            }
        }
    }
}

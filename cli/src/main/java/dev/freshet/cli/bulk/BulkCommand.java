package dev.freshet.cli.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.cli.connection.DeploymentOptions;
import dev.freshet.cli.connection.DeploymentOptions.Deployment;
import dev.freshet.cli.connection.DeploymentOptions.NamedSettings;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.console.Progress;
import dev.freshet.console.TemporaryFolder;
import dev.freshet.recommend.BulkRun.LineRange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet bulk}: lists for many users, into a folder of JSON lines. */
@Command(
        name = "bulk",
        mixinStandardHelpOptions = true,
        description = {
            "Makes lists of recommendations for many users, as for a mail, into a folder of files"
                    + " with one list a line.",
            "The same command goes on where an earlier one ended. A list counts as shown when an"
                    + " impression with its token is sent, not when it is made."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every user has a list or a refusal",
            "1:failure, or users are without a list; the same command goes on",
            "2:the command line was not understood"
        })
public final class BulkCommand implements Callable<Integer> {
    private static final int MAX_AT_ONCE = 100;
    private static final int MAX_REQUEST = 64 << 10;
    private static final JsonMapper JSON = new JsonMapper();

    @Option(
            names = "--users",
            required = true,
            paramLabel = "FILE|s3://BUCKET/KEY",
            description =
                    "Users, one a line: a user id, or a JSON object with userId, anonymousId and"
                            + " context. At most 5,000,000 lines of 2,048 bytes.")
    private String users = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the lists, empty or of this very run.")
    private Path out = Path.of("");

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Items of a list, 1 to 100. Default: 10.")
    private @Nullable Integer count;

    @Option(
            names = "--placement",
            paramLabel = "NAME",
            description = "The place that the lists are for, such as mail.")
    private @Nullable String placement;

    @Option(
            names = "--language",
            paramLabel = "TAG",
            description = "Language of the reasons, such as de or pt-BR.")
    private @Nullable String language;

    @Option(
            names = "--request",
            paramLabel = "FILE",
            description =
                    "Further members of a request for recommendations as JSON, such as"
                            + " {\"fields\":[\"title\"],\"context\":{\"country\":\"BR\"}}.")
    private @Nullable Path request;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            description =
                    "On AWS: batches of 500 users at a time, 1 to 100. Each takes an instance of a"
                            + " function. Default: ${DEFAULT-VALUE}.")
    private int atOnce = 20;

    @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean allowed = atOnce >= 1 && atOnce <= MAX_AT_ONCE;
        CommandException.require(allowed, "--at-once takes a number from 1 to 100.");
        ObjectNode body = body();
        Deployment found = deployment.find(false, new NamedSettings());
        try (Clients clients = new Clients(found.settings())) {
            if (!users.startsWith("s3://")) {
                Path file = Path.of(users);
                CommandException.require(Files.isRegularFile(file), "There is no file %s.", file);
                return run(body, found, clients, new BulkInput(file));
            }
            try (TemporaryFolder own = TemporaryFolder.create("freshet-users")) {
                Path copy = own.path().resolve("users.txt");
                download(clients, URI.create(users), copy);
                return run(body, found, clients, new BulkInput(copy));
            }
        }
    }

    private static void download(Clients clients, URI address, Path file) {
        CommandException.require(
                address.getHost() != null && address.getPath().length() > 1,
                "--users takes a file or s3://BUCKET/KEY.");
        clients.s3()
                .getObject(
                        object ->
                                object.bucket(address.getHost())
                                        .key(address.getPath().substring(1)),
                        file);
    }

    /** Returns the body of the request, of the file and the options. */
    private ObjectNode body() throws IOException {
        ObjectNode body = JSON.createObjectNode();
        if (request != null) {
            CommandException.require(
                    Files.isRegularFile(request) && Files.size(request) <= MAX_REQUEST,
                    "--request takes a file of at most %d bytes.",
                    MAX_REQUEST);
            try {
                if (!(JSON.readTree(request.toFile()) instanceof ObjectNode members)) {
                    throw new CommandException(request + " has no JSON object.");
                }
                body.setAll(members);
            } catch (JsonProcessingException malformed) {
                throw new CommandException(
                        request + " is not JSON: " + malformed.getOriginalMessage(), malformed);
            }
        }
        if (count != null) {
            body.put("count", count);
        }
        if (placement != null) {
            body.put("placement", placement);
        }
        if (language != null) {
            body.put("language", language);
        }
        return body;
    }

    private int run(ObjectNode body, Deployment found, Clients clients, BulkInput input)
            throws IOException, InterruptedException {
        Contents contents = new Contents(input);
        BulkFolder folder =
                BulkFolder.open(
                        out,
                        body,
                        input.digest(),
                        () -> HexFormat.of().toHexDigits(new SecureRandom().nextLong()));
        BulkBucket bucket =
                new BulkBucket(clients.s3(), found.settings().text(Setting.MODEL_BUCKET));
        BulkMaker maker =
                found.outputs().isPresent()
                        ? new DeployedBulk(
                                clients, bucket, found.outputs().get(), atOnce, Thread::sleep)
                        : new LocalBulk(
                                found.settings().endpoint(Settings.Service.LAMBDA).orElseThrow(),
                                bucket);
        try (Progress progress = output.progress("lists", contents.users.cardinality())) {
            BitSet done = folder.done();
            Consumer<LineRange> taken =
                    lines -> {
                        synchronized (done) {
                            done.set((int) lines.first(), (int) lines.last() + 1);
                            progress.at(contents.among(done));
                        }
                    };
            progress.at(contents.among(done));
            maker.make(folder, input, taken);
        }
        return report(folder, contents);
    }

    private int report(BulkFolder folder, Contents contents) {
        BulkFolder.Summary made = folder.summarise(contents.refused);
        int without = contents.users.cardinality() - contents.among(folder.done());
        String text = "%,d lists are in %s, a list a line.".formatted(made.lists(), out);
        if (made.refused() > 0) {
            text +=
                    " %,d lines were refused: %s says why."
                            .formatted(made.refused(), out.resolve(BulkFolder.REFUSED));
        }
        if (without > 0) {
            text += " %,d users have no list yet: run the same command again.".formatted(without);
        }
        output.result(
                new Made(folder.run().id(), made.lists(), made.refused(), without, out.toString()),
                text);
        return without == 0 ? 0 : 1;
    }

    /** What a run made, and how many users are without a list. */
    private record Made(String run, long lists, long refused, int without, String folder) {}

    /** Which lines name users, and which are refused. */
    private static final class Contents {
        /** Most refused lines of a file that is taken for one of users. */
        private static final int MAX_REFUSED = 100_000;

        private final BitSet users = new BitSet();
        private final List<ObjectNode> refused = new ArrayList<>();

        Contents(BulkInput input) {
            input.read(user -> users.set((int) user.line()), this::refuse);
        }

        private void refuse(ObjectNode refusal) {
            CommandException.require(
                    refused.size() < MAX_REFUSED,
                    "More than %,d lines are refused, the last one because: %s",
                    MAX_REFUSED,
                    refusal.at("/refused/message").asText());
            refused.add(refusal);
        }

        /** Returns how many of the users are on these lines. */
        int among(BitSet lines) {
            BitSet both = (BitSet) users.clone();
            both.and(lines);
            return both.cardinality();
        }
    }

    /** Makes the lists of a run, on AWS or on the local cloud. */
    interface BulkMaker {
        /**
         * Makes the lists of all users without one, and takes them into the folder.
         *
         * @param taken receives the lines of each file that the folder has got
         * @throws dev.freshet.console.CommandException if the request is refused or the run fails;
         *     what the folder has stays
         */
        void make(BulkFolder folder, BulkInput input, Consumer<LineRange> taken)
                throws IOException, InterruptedException;
    }
}

package dev.freshet.cli.command;

import static dev.freshet.console.CommandException.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.aws.SignedHttp;
import dev.freshet.aws.option.DescribedFormats;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.connection.StackOutputs.StackNameOption;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.console.Text;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/**
 * {@code freshet rollback}: moves the alias {@code live} of each function to the version that was
 * published before the last deployment. Code and environment go back together; tables, streams and
 * the API stay as they are. The functions need no order, because the command goes back only to code
 * that reads all that the present code writes.
 */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Moves the functions of a stack on AWS back to the code and the options of before its"
                    + " last deployment, within a minute. It changes no data, and is refused where"
                    + " the code of before does not read what the present one writes.",
            "It may be repeated. The next deployment moves the functions to its own code; deploying"
                    + " the same release again does not."
        })
public final class RollbackCommand implements Callable<Integer> {
    private static final String FUNCTIONS = "/2015-03-31/functions/";
    private static final JsonMapper JSON = new JsonMapper();

    /** As Lambda writes times: {@code 2026-12-01T10:00:00.000+0000}. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS]Z");

    /** Versions before the live one that {@code --prune} keeps. */
    private static final int KEPT = 3;

    /** The pages of 50 versions that are read of a function. */
    private static final int MAX_PAGES = 100;

    @Option(
            names = "--before",
            paramLabel = "TIME",
            description =
                    "Moves each function to its newest version that was published before this time,"
                            + " such as 2026-12-01T10:00:00Z. Default: when the last deployment began.")
    private @Nullable Instant before;

    @Option(names = "--dry-run", description = "Says what it would do, and changes nothing.")
    private boolean dryRun;

    @Option(
            names = "--prune",
            description =
                    "Instead of moving anything deletes old versions of the functions, all but the"
                            + " live one, the "
                            + KEPT
                            + " before it and those after it.")
    private boolean prune;

    @Mixin private final StackNameOption stack = new StackNameOption();
    @Mixin private final Output output = new Output();

    /** A published version of a function. */
    private record Version(int number, Instant published, String formats) {}

    /**
     * A function.
     *
     * @param id its logical id
     * @param path of requests on it
     * @param live the version that the alias names
     * @param alias as Lambda has it
     * @param versions that are published, the newest first
     */
    private record Deployed(
            String id, String path, int live, JsonNode alias, List<Version> versions) {
        Deployed {
            versions = List.copyOf(versions);
        }

        /** Returns the newest version before a time, unless it is live or there is none. */
        Optional<Version> before(Instant time) {
            return versions.stream()
                    .filter(each -> each.published().isBefore(time))
                    .findFirst()
                    .filter(each -> each.number() != live);
        }

        String liveFormats() {
            return versions.stream()
                    .filter(each -> each.number() == live)
                    .map(Version::formats)
                    .findFirst()
                    .orElse("");
        }
    }

    /** An alias that moves. */
    private record Move(String function, int from, int to, Instant published) {}

    /** What the command did, or would do. */
    private record Done(Instant before, boolean moved, List<Move> functions) {}

    @Override
    public Integer call() {
        StackOutputs outputs = stack.required();
        try (Clients clients = new Clients(Settings.from(outputs.variables()))) {
            CloudFormationClient cloudFormation =
                    clients.open(CloudFormationClient.builder(), Settings.Service.CLOUDFORMATION);
            Stack described =
                    cloudFormation
                            .describeStacks(each -> each.stackName(outputs.stack()))
                            .stacks()
                            .getFirst();
            require(
                    !described.stackStatusAsString().endsWith("_IN_PROGRESS"),
                    "A deployment of '%1$s' is under way (%2$s), which would move the functions again. Stop it with aws cloudformation cancel-update-stack --stack-name %1$s: that goes back by itself.",
                    outputs.stack(),
                    described.stackStatusAsString());
            SignedHttp lambda = clients.lambda();
            List<Deployed> functions =
                    cloudFormation
                            .listStackResourcesPaginator(each -> each.stackName(outputs.stack()))
                            .stackResourceSummaries()
                            .stream()
                            .filter(each -> "AWS::Lambda::Alias".equals(each.resourceType()))
                            .map(each -> read(lambda, each))
                            .sorted(Comparator.comparing(Deployed::id))
                            .toList();
            return prune ? prune(lambda, functions) : goBack(lambda, functions, described);
        }
    }

    private int goBack(SignedHttp lambda, List<Deployed> functions, Stack described) {
        Instant time = before == null ? described.lastUpdatedTime() : before;
        require(
                time != null,
                "The stack '%s' was deployed once: there is nothing to go back to.",
                described.stackName());
        Text text = new Text();
        List<Move> moves = new ArrayList<>();
        Map<Deployed, Version> targets = new LinkedHashMap<>();
        for (Deployed each : functions) {
            each.before(time).ifPresent(to -> targets.put(each, to));
        }
        targets.forEach(
                (function, to) -> {
                    requireMovable(lambda, function, to, functions);
                    moves.add(
                            new Move(function.id(), function.live(), to.number(), to.published()));
                    text.add(
                            "%-12s %d → %d, published %s",
                            function.id(), function.live(), to.number(), to.published());
                });
        if (!dryRun) {
            targets.forEach((function, to) -> move(lambda, function, to));
        }
        String none = "Every function is at its version already of before ";
        String done = dryRun ? "Would go back to before " : "Back to before ";
        text.add("%s%s.", moves.isEmpty() ? none : done, time);
        return output.result(new Done(time, !dryRun, moves), text);
    }

    /** Checks a function before any is moved: Lambda deletes the snapshots of idle versions. */
    private static void requireMovable(
            SignedHttp lambda, Deployed function, Version to, List<Deployed> functions) {
        require(
                function.alias().at("/RoutingConfig/AdditionalVersionWeights").isEmpty(),
                "A canary deployment of %s is under way. Stop it with aws deploy stop-deployment --auto-rollback-enabled: that goes back by itself.",
                function.id());
        for (Deployed writer : functions) {
            List<String> unread = DescribedFormats.unreadable(to.formats(), writer.liveFormats());
            require(
                    unread.isEmpty(),
                    "%s cannot go back to version %d: %s writes what it does not read (%s). Deploy a release that reads it; nothing was moved.",
                    function.id(),
                    to.number(),
                    writer.id(),
                    String.join("; ", unread));
        }
        String path = function.path() + "/configuration?Qualifier=" + to.number();
        String state = answer(path, () -> lambda.get(path)).path("State").asText("Active");
        require(
                state.equals("Active"),
                "Version %2$d of %1$s is %3$s, because nobody invoked it for two weeks. Wake it with aws lambda invoke --function-name %1$s:%2$d /dev/null until it answers, then run this again; nothing was moved.",
                function.path().substring(FUNCTIONS.length()),
                to.number(),
                state);
    }

    private static void move(SignedHttp lambda, Deployed function, Version to) {
        String path = function.path() + "/aliases/live";
        String body =
                JSON.createObjectNode()
                        .put("FunctionVersion", String.valueOf(to.number()))
                        .put("RevisionId", function.alias().path("RevisionId").asText())
                        .toString();
        answer(path, () -> lambda.put(path, body));
    }

    private int prune(SignedHttp lambda, List<Deployed> functions) {
        List<String> deleted = new ArrayList<>();
        for (Deployed function : functions) {
            function.versions().stream()
                    .filter(each -> each.number() < function.live())
                    .skip(KEPT)
                    .map(each -> function.path() + "?Qualifier=" + each.number())
                    .forEach(deleted::add);
        }
        if (!dryRun) {
            deleted.forEach(path -> answer(path, () -> lambda.delete(path)));
        }
        return output.result(
                Map.of("deleted", dryRun ? 0 : deleted.size(), "versions", deleted.size()),
                "%s %,d versions.",
                dryRun ? "Would delete" : "Deleted",
                deleted.size());
    }

    /** Reads the function that an alias of the stack is of. */
    private static Deployed read(SignedHttp lambda, StackResourceSummary resource) {
        String[] arn = resource.physicalResourceId().split(":", -1);
        String path = FUNCTIONS + arn[arn.length - 2];
        JsonNode alias = answer(path, () -> lambda.get(path + "/aliases/live"));
        List<Version> versions = new ArrayList<>();
        String from = "";
        for (int page = 0; page < MAX_PAGES; page++) {
            String next = path + "/versions?MaxItems=50" + from;
            JsonNode json = answer(next, () -> lambda.get(next));
            json.path("Versions")
                    .valueStream()
                    .filter(each -> each.path("Version").asInt() > 0)
                    .map(RollbackCommand::version)
                    .forEach(versions::add);
            if (json.path("NextMarker").asText().isEmpty()) {
                break;
            }
            from = "&Marker=" + json.path("NextMarker").asText();
        }
        versions.sort(Comparator.comparingInt(Version::number).reversed());
        String id = resource.logicalResourceId().replaceFirst("Live$", "");
        return new Deployed(id, path, alias.path("FunctionVersion").asInt(), alias, versions);
    }

    private static Version version(JsonNode json) {
        return new Version(
                json.path("Version").asInt(),
                OffsetDateTime.parse(json.path("LastModified").asText(), TIME).toInstant(),
                json.path("Description").asText());
    }

    private interface Request {
        SignedHttp.Response send() throws IOException;
    }

    private static JsonNode answer(String path, Request request) {
        try {
            SignedHttp.Response got = request.send();
            require(
                    got.status() / 100 == 2,
                    "Lambda answered %d to %s: %s Run the command again once that is mended: it goes on where it was.",
                    got.status(),
                    path,
                    got.body());
            return JSON.readTree(got.body().isEmpty() ? "{}" : got.body());
        } catch (IOException failed) {
            throw new CommandException(failed, "%s: %s", path, failed.getMessage());
        }
    }
}

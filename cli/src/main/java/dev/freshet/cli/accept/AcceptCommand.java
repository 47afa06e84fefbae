package dev.freshet.cli.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.cli.accept.StackCheck.Outcome;
import dev.freshet.cli.accept.StackCheck.Result;
import dev.freshet.cli.accept.Trial.Kind;
import dev.freshet.cli.connection.DeploymentOptions.StateOptions;
import dev.freshet.cli.connection.StackConnection;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.connection.StackOutputs.StackNameOption;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.console.StateFile;
import dev.freshet.console.TemporaryFolder;
import dev.freshet.console.Text;
import dev.freshet.folder.Checkout;
import dev.freshet.folder.LocalState;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet accept}: whether a stack does what it should. */
@Command(
        name = "accept",
        mixinStandardHelpOptions = true,
        description = {
            "Tries a stack from outside, a line for each check with its time: what it is made of, what"
                    + " receives requests, catalogue, events, lists, privacy, faults, compaction and"
                    + " options. What is off, or only AWS has, is skipped by name.",
            "Everything that it puts has ids that begin with accept- and the time, is shown to nobody"
                    + " else, and is removed at the end, also after Ctrl-C. Its keys end in an hour."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no check failed",
            "1:a check failed, or the run could not begin or was interrupted",
            "2:the command line was not understood",
            "3:not everything was removed; the lines clean.* say what is left"
        })
public final class AcceptCommand implements Callable<Integer> {
    private static final Duration ON_AWS = Duration.ofMinutes(2);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration LOCAL = Duration.ofSeconds(20);

    @Mixin private final StackNameOption stack = new StackNameOption();

    @Option(
            names = "--local",
            description =
                    "Try the local cloud that runs on the state folder; where none runs, start one"
                            + " for the time of the run.")
    private boolean local;

    @Mixin private final StateOptions state = new StateOptions();

    @Option(
            names = "--only",
            paramLabel = "ID",
            description =
                    "Run only this check or the checks of this step, such as lists.warm or lists;"
                            + " may be repeated.")
    private List<String> only = List.of();

    @Option(names = "--keep", description = "Leave what the run put into the stack.")
    private boolean keep;

    @Option(names = "--yes", description = "Do not ask before a prod stack is tried.")
    private boolean yes;

    @Mixin private final Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException, IOException {
        List<StackCheck> checks = checks();
        Optional<StackOutputs> outputs = stack.outputs();
        if (outputs.isPresent() == local) {
            throw misuse("Say what to try, by --stack NAME or by --local.");
        }
        if (outputs.isPresent()) {
            return onAws(outputs.get(), checks);
        }
        String instead = "start one with './freshet up'.";
        Optional<LocalState> running =
                Optional.of(state.state(instead)).filter(each -> each.api().isPresent());
        if (running.isPresent()) {
            return local(running.get(), checks);
        }
        CommandException.require(
                state.named().isEmpty(), "%s", state.noneRuns(instead).getMessage());
        try (TemporaryFolder folder = TemporaryFolder.create("freshet-accept");
                StartedCloud started = StartedCloud.start(Checkout.find(), folder.path())) {
            return local(started.state(), checks);
        }
    }

    /** Returns the checks that were asked for; that the API answers is always one. */
    private List<StackCheck> checks() {
        List<StackCheck> all = Acceptance.checks();
        for (String id : only) {
            if (all.stream().noneMatch(check -> check.isNamed(id))) {
                String ids = String.join(", ", all.stream().map(StackCheck::id).toList());
                throw misuse("--only: no check is named '%s'. There are %s.".formatted(id, ids));
            }
        }
        return all.stream()
                .filter(
                        check ->
                                only.isEmpty()
                                        || check.equals(ApiChecks.FIRST)
                                        || only.stream().anyMatch(check::isNamed))
                .toList();
    }

    private ParameterException misuse(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }

    private int onAws(StackOutputs outputs, List<StackCheck> checks) {
        String name = outputs.stack();
        if (outputs.find("Stage").filter("prod"::equals).isPresent() && !yes) {
            ask(name);
        }
        URI api = URI.create(outputs.require("ApiUrl", "has no API.").replaceFirst("/$", ""));
        Commands commands = Commands.on(List.of("--stack", name));
        Settings settings = Settings.from(outputs.variables());
        try (Clients clients = new Clients(settings)) {
            Stack asked = Stack.onAws(outputs, settings, clients);
            JsonNode made =
                    commands.run("keys", "create", "secret", "--name", "accept", "--expires-in=1h");
            Optional<String> key = Optional.of(made.path("key").asText());
            StackConnection connection = new StackConnection(api, key, Optional.empty());
            try (Trial trial = new Trial(asked, connection, commands, ON_AWS, CLOCK)) {
                trial.made(Kind.KEY).add(made.path("keyId").asText());
                return run(trial, checks);
            }
        }
    }

    @SuppressWarnings(
            "SystemConsoleNull") // JDK 25 gives null again where there is no terminal (JDK-8351435)
    private void ask(String name) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw misuse(name + " is a stack for users: add --yes to try it.");
        }
        String answer = console.readLine("%s is a stack for users. Try it? [y/N] ", name);
        CommandException.require(
                answer != null && answer.strip().equalsIgnoreCase("y"), "Nothing was tried.");
    }

    private int local(LocalState cloud, List<StackCheck> checks) {
        StackConnection connection = StackConnection.to(cloud).orElseThrow();
        Settings settings = Settings.from(cloud.environmentWithSecret().orElseThrow());
        Commands commands = Commands.on(List.of("--state", cloud.folder().toString()));
        try (Clients clients = new Clients(settings);
                Trial trial =
                        new Trial(
                                Stack.local(cloud, settings, clients),
                                connection,
                                commands,
                                LOCAL,
                                CLOCK)) {
            return run(trial, checks);
        }
    }

    private int run(Trial trial, List<StackCheck> checks) {
        Acceptance acceptance = new Acceptance(this::tell);
        Thread stopping = new Thread(acceptance::stop, "stopping");
        Runtime.getRuntime().addShutdownHook(stopping);
        String api = trial.api.api().toString();
        tell("Run " + trial.run + " on " + api);
        acceptance.run(checks, trial, keep);
        try {
            Runtime.getRuntime().removeShutdownHook(stopping);
        } catch (IllegalStateException endingByIt) {
            // the hook waited for this run
        }
        List<Result> results = acceptance.results();
        ObjectNode all = Trial.object().put("run", trial.run).put("api", api);
        all.put("ok", acceptance.count(Outcome.OK)).put("failed", acceptance.count(Outcome.FAIL));
        all.put("skipped", acceptance.count(Outcome.SKIP));
        all.put("seconds", results.stream().mapToDouble(Result::seconds).sum());
        all.put("left", keep ? "Kept is what begins with " + trial.run + "." : CleanUp.REMAINS);
        all.set("checks", StateFile.json(results));
        String line = "{ok} ok, {failed} failed, {skipped} skipped in {seconds:.1f} s.";
        output.result(all, new Text().add(all, line).add(all, "{left}"));
        return acceptance.exitCode();
    }

    /** Prints a line as it becomes known; standard output is of the summary with --json. */
    private void tell(String line) {
        if (output.json()) {
            output.note(line);
        } else {
            output.result(JsonNodeFactory.instance.nullNode(), "%s", line);
        }
    }

    /**
     * A local cloud of its own in another process.
     *
     * @param process ends when its standard input does
     */
    private record StartedCloud(Process process, LocalState state) implements AutoCloseable {
        static StartedCloud start(Path home, Path folder) throws IOException, InterruptedException {
            String up = home.resolve("freshet").toString();
            String state = folder.toString();
            Process process =
                    new ProcessBuilder(up, "up", "--with-parent", "--port=0", "--state", state)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            StartedCloud started = new StartedCloud(process, new LocalState(folder));
            while (started.state.api().isEmpty()) {
                CommandException.require(process.isAlive(), "The local cloud did not start.");
                Thread.sleep(100);
            }
            return started;
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.onExit().join();
        }
    }
}

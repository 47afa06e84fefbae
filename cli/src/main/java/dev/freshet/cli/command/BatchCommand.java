package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.s3.S3ObjectStore;
import dev.freshet.cli.connection.DeploymentOptions;
import dev.freshet.cli.connection.DeploymentOptions.NamedSettings;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.connection.StackOutputs.StackNameOption;
import dev.freshet.cli.connection.StateMachine;
import dev.freshet.cli.connection.StateMachine.Execution;
import dev.freshet.cli.lake.NeighboursOfLake;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.example.ExampleLog;
import dev.freshet.functions.runtime.StackStores;
import dev.freshet.model.memory.NeighboursFile;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.training.NeighboursAnnouncement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet batch}: runs batch jobs, and brings their results to the model. */
@Command(
        name = "batch",
        mixinStandardHelpOptions = true,
        subcommands = NeighboursOfLake.class,
        description =
                "Runs batch jobs over the whole history, and brings their results to the model.")
public final class BatchCommand {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);

    /** Looks between two lines that say how long the run takes. */
    private static final int LOOKS_OF_LINE = 8;

    private final InstantSource clock = InstantSource.system();

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Checks a file of neighbours, stores it beside the model and announces it to the trainer.",
                "Works on the running local cloud, or on AWS with --stack and AWS credentials."
            })
    int announce(
            @Parameters(
                            paramLabel = "FILE",
                            description = "A file that the job 'neighbours' wrote.")
                    Path file,
            @Option(
                            names = "--made-at",
                            paramLabel = "TIME",
                            description =
                                    "When the job began to read the lake, as 2026-11-27T02:00:00Z:"
                                            + " a file of an earlier job has no effect. Default: when"
                                            + " the file was last written.")
                    @Nullable Instant madeAt,
            @Option(
                            names = "--job",
                            paramLabel = "NAME",
                            defaultValue = "neighbours",
                            description = "Name of the job, for the log.")
                    String job,
            @Mixin DeploymentOptions deployment,
            @Mixin Output output) {
        byte[] bytes;
        Instant made;
        NeighboursFile neighbours;
        try {
            made = madeAt == null ? Files.getLastModifiedTime(file).toInstant() : madeAt;
            bytes = Files.readAllBytes(file);
            neighbours = NeighboursFile.open(bytes);
        } catch (IOException unreadable) {
            throw new CommandException(unreadable, "%s cannot be read.", file);
        } catch (IllegalArgumentException damaged) {
            throw new CommandException(damaged);
        }
        Settings settings = deployment.find(Setting.MODEL_BUCKET, new NamedSettings()).settings();
        try (Clients clients = new Clients(settings)) {
            S3ObjectStore models =
                    S3ObjectStore.ofModels(clients.s3(), settings.text(Setting.MODEL_BUCKET));
            ExampleLog examples = new StackStores(settings, clients, clock).exampleLog();
            String key =
                    new NeighboursAnnouncement(models, examples).announce(bytes, job, made).key();
            return output.result(
                    new Announced(key, neighbours.items(), neighbours.width()),
                    "Announced %,d items with at most %d neighbours each, as %s.",
                    neighbours.items(),
                    neighbours.width(),
                    key);
        } catch (StoreUnavailableException unanswered) {
            throw CommandException.withAdvice(
                    unanswered, "Run the command again; it has its effect once.");
        }
    }

    /** A file that was announced. */
    private record Announced(String key, int items, int neighboursOfEach) {}

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Starts a run of the batch jobs of a stack on AWS, and follows it to its end."
                        + " Nothing runs if a run is under way.",
                "The run waits for the night of the lake if none ended within the last day."
                        + " Interrupting this command leaves the run alone."
            })
    int start(
            @Option(names = "--no-wait", description = "Ends as soon as the run began.")
                    boolean noWait,
            @Mixin StackNameOption stack,
            @Mixin Output output)
            throws InterruptedException {
        StackOutputs outputs = outputs(stack);
        try (Clients clients = new Clients(Settings.from(outputs.variables()))) {
            StateMachine jobs = jobs(clients, outputs);
            Execution run = jobs.execution(jobs.start(JsonNodeFactory.instance.objectNode()));
            output.note("Started " + run.arn() + ".");
            for (int looks = 1; run.isRunning() && !noWait; looks++) {
                Thread.sleep(BETWEEN_LOOKS);
                run = jobs.execution(run.arn());
                if (looks % LOOKS_OF_LINE == 0 && run.isRunning()) {
                    Duration took = Duration.between(run.startedAt(), clock.instant());
                    output.note("Running for %,d minutes.".formatted(took.toMinutes()));
                }
            }
            return print(run, output);
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Says how the latest run of the batch jobs of a stack on AWS went; exit code 1"
                            + " if it failed.")
    int status(@Mixin StackNameOption stack, @Mixin Output output) {
        StackOutputs outputs = outputs(stack);
        try (Clients clients = new Clients(Settings.from(outputs.variables()))) {
            StateMachine jobs = jobs(clients, outputs);
            Optional<Execution> latest = jobs.latest();
            if (latest.isPresent()) {
                return print(jobs.execution(latest.get().arn()), output);
            }
            String none = "No run yet; 'freshet batch start --stack' starts one.";
            return output.result(Map.of("status", "NONE"), none);
        }
    }

    /**
     * Returns the batch jobs of a stack.
     *
     * @throws CommandException if it has none
     */
    static StateMachine jobs(Clients clients, StackOutputs outputs) {
        return new StateMachine(
                clients,
                outputs.require(
                        "BatchMachineArn",
                        "runs no batch jobs: deploy it with -c lake=true -c batch=true."));
    }

    private static StackOutputs outputs(StackNameOption stack) {
        return stack.outputs()
                .orElseThrow(
                        CommandException.saying(
                                "Name a stack on AWS with --stack. Without one, count by"
                                        + " 'freshet batch neighbours FILE' and announce the file by"
                                        + " 'freshet batch announce FILE'."));
    }

    private static int print(Execution run, Output output) {
        output.result(json(run), text(run));
        return run.isRunning() || run.succeeded() ? 0 : 1;
    }

    static ObjectNode json(Execution run) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("execution", run.arn())
                        .put("status", run.status())
                        .put("startedAt", run.startedAt().toString());
        return run.failure().isEmpty() ? json : json.put("failure", run.failure());
    }

    static String text(Execution run) {
        return "The run that began at %s: %s%s."
                .formatted(
                        run.startedAt(),
                        run.status(),
                        run.failure().isEmpty() ? "" : ", " + run.failure());
    }
}

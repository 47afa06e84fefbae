package dev.freshet.cli.batch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.aws.Clients;
import dev.freshet.aws.MissingSettingException;
import dev.freshet.aws.Setting;
import dev.freshet.aws.kinesis.KinesisExampleLog;
import dev.freshet.aws.s3.S3ModelObjects;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.connection.Deployment;
import dev.freshet.cli.connection.DeploymentOptions;
import dev.freshet.cli.connection.NamedSettings;
import dev.freshet.example.Example;
import dev.freshet.model.memory.NeighboursFile;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.training.NeighboursAnnouncement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet batch announce}: has the model use neighbours that a job counted. */
@Command(
        name = "announce",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a file of neighbours, stores it beside the model and announces it to the trainer.",
            "Works on the running local cloud, or on AWS with --stack and AWS credentials."
        })
final class AnnounceCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "A file that the job 'neighbours' wrote.")
    private @Nullable Path file;

    @Option(
            names = "--made-at",
            paramLabel = "TIME",
            description =
                    "When the job began to read the lake, as 2026-11-27T02:00:00Z: a file of an"
                            + " earlier job has no effect. Default: when the file was last written.")
    private @Nullable Instant madeAt;

    @Option(names = "--job", paramLabel = "NAME", description = "Name of the job, for the log.")
    private String job = "neighbours";

    @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        byte[] bytes = read(Objects.requireNonNull(file));
        NeighboursFile neighbours = opened(bytes);
        Deployment found = deployment.find(Setting.MODEL_BUCKET, new NamedSettings());
        try (Clients clients = new Clients(found.settings())) {
            Example.Neighbours name =
                    new NeighboursAnnouncement(
                                    new S3ModelObjects(
                                            clients.s3(), found.settings().modelBucket()),
                                    new KinesisExampleLog(
                                            clients.kinesis(), found.settings().examplesStream()))
                            .announce(bytes, job, Objects.requireNonNull(madeAt));
            output.result(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("key", name.key())
                            .put("items", neighbours.items())
                            .put("neighboursOfEach", neighbours.width()),
                    "Announced %,d items with at most %d neighbours each, as %s."
                            .formatted(neighbours.items(), neighbours.width(), name.key()));
            return 0;
        } catch (MissingSettingException missing) {
            throw new CommandException(String.valueOf(missing.getMessage()), missing);
        } catch (StoreUnavailableException unanswered) {
            throw new CommandException(
                    unanswered.getMessage() + " Run the command again; it has its effect once.",
                    unanswered);
        }
    }

    private byte[] read(Path path) {
        try {
            if (madeAt == null) {
                madeAt = Files.getLastModifiedTime(path).toInstant();
            }
            return Files.readAllBytes(path);
        } catch (IOException unreadable) {
            throw new CommandException(path + " cannot be read.", unreadable);
        }
    }

    private static NeighboursFile opened(byte[] bytes) {
        try {
            return NeighboursFile.open(bytes);
        } catch (IllegalArgumentException damaged) {
            throw new CommandException(String.valueOf(damaged.getMessage()), damaged);
        }
    }
}

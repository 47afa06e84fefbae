package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.cli.connection.DeploymentOptions;
import dev.freshet.cli.connection.NamedSettings;
import dev.freshet.functions.runtime.StreamConsumers;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.training.Replay;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet replay}: rebuilds the model from the stream of examples, and switches to it. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Rebuilds the model from the stream of examples under a new id, and makes it the current model"
                    + " when it has caught up.",
            "An interrupted replay continues when it is started again with its id. Works on the"
                    + " running local cloud, or on AWS with --stack."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int PERMILLE = 1_000;
    private static final long BETWEEN_LOOKS_MS = 250;

    /** Number of failures of stores in a row that ends the command. */
    private static final int MAX_FAILURES = 120;

    @Option(
            names = "--from",
            paramLabel = "WHEN",
            description =
                    "First record: TRIM_HORIZON for the oldest, or a time such as 2026-11-25T12:00:00Z."
                            + " Default: ${DEFAULT-VALUE}.")
    private String from = "TRIM_HORIZON";

    @Option(
            names = "--model-id",
            paramLabel = "ID",
            description =
                    "Id of the rebuilt model. Default: the id of the current model, a hyphen, and the time.")
    private @Nullable String modelId;

    @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

    @Option(
            names = "--deployed",
            description =
                    "On AWS without --stack: take the names of tables, streams and buckets from the environment,"
                            + " as the worker does.")
    private boolean deployed;

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        Optional<Instant> begin = begin();
        try {
            StreamConsumers stack =
                    new StreamConsumers(deployment.find(deployed, new NamedSettings()).settings());
            String current = stack.currentModel();
            String id = modelId == null ? fresh(current) : modelId;
            if (!id.matches("[A-Za-z0-9_.-]{1,64}")) {
                throw new CommandException(
                        "--model-id must be 1 to 64 letters, digits, '-', '_' or '.'.");
            }
            if (id.equals(current)) {
                throw new CommandException(
                        "The model " + id + " is the current one: give another --model-id.");
            }
            return run(stack.replay(id, begin, output::note), current, id);
        } catch (StoreUnavailableException | IllegalStateException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    private int run(Replay replay, String before, String id) throws InterruptedException {
        long started = System.nanoTime();
        int failures = 0;
        Replay.Progress progress = null;
        long furthest = 0;
        try (Progress bar = output.progress("Replay into " + id, PERMILLE)) {
            while (progress == null || !progress.current()) {
                try {
                    Replay.Progress now = replay.step();
                    failures = 0;
                    furthest = Math.max(furthest, now.behind().toMillis());
                    bar.at(
                            furthest == 0
                                    ? PERMILLE
                                    : PERMILLE - PERMILLE * now.behind().toMillis() / furthest);
                    if (progress != null && progress.records() == now.records()) {
                        Thread.sleep(BETWEEN_LOOKS_MS);
                    }
                    progress = now;
                } catch (StoreUnavailableException later) {
                    if (++failures == MAX_FAILURES) {
                        throw later;
                    }
                    Thread.sleep(BETWEEN_LOOKS_MS);
                }
            }
        }
        long ms = (System.nanoTime() - started) / 1_000_000;
        output.result(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("modelId", id)
                        .put("before", before)
                        .put("records", progress.records())
                        .put("examples", progress.applied())
                        .put("version", progress.version())
                        .put("ms", ms),
                "Model %s is current in place of %s: %,d examples of %,d records in %,d ms."
                        .formatted(id, before, progress.applied(), progress.records(), ms));
        return 0;
    }

    private static String fresh(String current) {
        String stem = current.length() > 40 ? current.substring(0, 40) : current;
        return stem + "-" + Instant.now().getEpochSecond();
    }

    private Optional<Instant> begin() {
        try {
            return from.equals("TRIM_HORIZON")
                    ? Optional.empty()
                    : Optional.of(Instant.parse(from));
        } catch (DateTimeParseException e) {
            throw new CommandException(
                    "--from must be TRIM_HORIZON or a time such as 2026-11-25T12:00:00Z, not '"
                            + from
                            + "'.",
                    e);
        }
    }
}

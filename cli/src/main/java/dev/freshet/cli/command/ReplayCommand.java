package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.connection.DeploymentOptions;
import dev.freshet.cli.connection.DeploymentOptions.Deployment;
import dev.freshet.cli.connection.DeploymentOptions.NamedSettings;
import dev.freshet.cli.lake.DeployedLake;
import dev.freshet.cli.lake.LocalLakes;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.console.Progress;
import dev.freshet.functions.runtime.StreamConsumers;
import dev.freshet.functions.runtime.StreamConsumers.LakeReplay;
import dev.freshet.lake.LakeHistory;
import dev.freshet.lake.LakeReader;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.training.Replay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet replay}: rebuilds the model from the stream of examples, and switches to it. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Rebuilds the model from the stream of examples under a new id, and makes it the"
                    + " current model when it has caught up.",
            "With --from-lake it begins with the rows of the lake, which go back further than the"
                    + " stream. Who was erased since, or refuses personalisation now, is left out.",
            "An interrupted replay continues when it is started again with its id. Works on the"
                    + " running local cloud, or on AWS with --stack."
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final int PERMILLE = 1_000;
    private static final long BETWEEN_LOOKS_MS = 250;

    /** Number of failures of stores in a row that ends the command. */
    private static final int MAX_FAILURES = 120;

    @Option(
            names = "--from",
            paramLabel = "WHEN",
            description =
                    "First record: TRIM_HORIZON for the oldest, a time such as"
                            + " 2026-11-25T12:00:00Z, or a day. Default: ${DEFAULT-VALUE}.")
    private String from = "TRIM_HORIZON";

    @Option(
            names = "--from-lake",
            description =
                    "Begins with the rows of the lake, and continues with the stream where both"
                            + " have the same events.")
    private boolean fromLake;

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
                    "On AWS without --stack: take the names of tables, streams and buckets from the"
                            + " environment, as the worker does.")
    private boolean deployed;

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        Optional<Instant> begin = begin();
        try {
            Deployment where = deployment.find(deployed, new NamedSettings());
            StreamConsumers stack = new StreamConsumers(where.settings());
            String current = stack.currentModel();
            String id = modelId == null ? fresh(current) : modelId;
            CommandException.require(
                    id.matches("[A-Za-z0-9_.-]{1,64}"),
                    "--model-id must be 1 to 64 letters, digits, '-', '_' or '.'.");
            CommandException.require(
                    !id.equals(current),
                    "The model %s is the current one: give another --model-id.",
                    id);
            if (!fromLake) {
                return run(stack.replay(id, begin, output::note), current, id, result -> "");
            }
            try (LakeReader lake = lake(where)) {
                LakeReplay rebuild =
                        stack.replayFromLake(id, lake, begin.orElse(Instant.EPOCH), output::note);
                return run(rebuild.replay(), current, id, result -> rowsLeftOut(rebuild, result));
            } catch (LakeHistory.UnsettledException unsettled) {
                throw new CommandException(
                        unsettled, "%s: run 'freshet lake settle' first.", unsettled.getMessage());
            }
        } catch (StoreUnavailableException | IllegalStateException e) {
            throw new CommandException(e);
        }
    }

    private static LakeReader lake(Deployment where) {
        if (where.local().isPresent()) {
            return LocalLakes.find().reader(where.local().get());
        }
        return where.outputs()
                .map(outputs -> DeployedLake.of(outputs).reader())
                .orElseThrow(
                        CommandException.saying(
                                "--from-lake needs --stack: the lake is found by the"
                                        + " outputs of the stack."));
    }

    private static String rowsLeftOut(LakeReplay rebuild, ObjectNode result) {
        long leftOut = rebuild.rows().leftOut();
        long unknown = rebuild.rows().unknown();
        result.put("rowsLeftOut", leftOut).put("rowsOfUnknownTypes", unknown);
        return " %,d rows of the lake were left out of people who were erased or refuse personalisation, %,d of types that the stack does not know."
                .formatted(leftOut, unknown);
    }

    /**
     * Runs a replay to its end.
     *
     * @param more adds members to the result, and returns sentences for people
     */
    private int run(Replay replay, String before, String id, Function<ObjectNode, String> more)
            throws InterruptedException {
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
        ObjectNode result =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("modelId", id)
                        .put("before", before)
                        .put("records", progress.records())
                        .put("examples", progress.applied())
                        .put("version", progress.version())
                        .put("ms", ms);
        String sentences = more.apply(result);
        return output.result(
                result,
                "Model %s is current in place of %s: %,d examples of %,d records in %,d ms.%s"
                        .formatted(
                                id, before, progress.applied(), progress.records(), ms, sentences));
    }

    private static String fresh(String current) {
        String stem = current.length() > 40 ? current.substring(0, 40) : current;
        return stem + "-" + Instant.now().getEpochSecond();
    }

    private Optional<Instant> begin() {
        try {
            if (from.equals("TRIM_HORIZON")) {
                return Optional.empty();
            }
            return Optional.of(
                    from.contains("T")
                            ? Instant.parse(from)
                            : LocalDate.parse(from).atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            throw new CommandException(
                    e,
                    "--from must be TRIM_HORIZON, a time such as 2026-11-25T12:00:00Z or a day, not '%s'.",
                    from);
        }
    }
}

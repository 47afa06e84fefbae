package dev.freshet.cli.bulk;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Clients;
import dev.freshet.cli.bulk.BulkCommand.BulkMaker;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.connection.StateMachine;
import dev.freshet.console.CommandException;
import dev.freshet.recommend.BulkRun.LineRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes lists by the state machine of a stack on AWS, with the rights of the caller, and takes them
 * from the bucket while they are made. An execution of this run that is under way is followed
 * instead of starting another one.
 */
final class DeployedBulk implements BulkMaker {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);
    private static final JsonMapper JSON = new JsonMapper();

    private final BulkBucket bucket;
    private final StateMachine machine;
    private final int atOnce;
    private final Pause pause;

    /** Waits. */
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /**
     * Creates a maker.
     *
     * @param atOnce batches at a time
     * @throws CommandException if the stack makes no lists in bulk
     */
    DeployedBulk(
            Clients clients, BulkBucket bucket, StackOutputs outputs, int atOnce, Pause pause) {
        this.bucket = bucket;
        this.machine =
                new StateMachine(
                        clients,
                        outputs.require(
                                "BulkMachineArn",
                                "makes no lists in bulk: deploy it with -c bulk=true."));
        this.atOnce = atOnce;
        this.pause = pause;
    }

    @Override
    public void make(BulkFolder folder, BulkInput input, Consumer<LineRange> taken)
            throws IOException, InterruptedException {
        Optional<String> underWay = folder.execution();
        if (underWay.isEmpty() || !machine.execution(underWay.get()).isRunning()) {
            bucket.fetch(folder, taken);
            underWay = start(folder, input);
        }
        if (underWay.isEmpty()) {
            return;
        }
        StateMachine.Execution execution = machine.execution(underWay.get());
        while (execution.isRunning()) {
            pause.of(BETWEEN_LOOKS);
            bucket.fetch(folder, taken);
            execution = machine.execution(underWay.get());
        }
        bucket.fetch(folder, taken);
        CommandException.require(execution.succeeded(), failure(execution));
    }

    private static String failure(StateMachine.Execution execution) {
        return execution.error().equals("RequestRefused")
                ? "The request is refused: " + execution.cause()
                : "The run ended as %s (%s %s). Lists that were made are in the folder; run the same command again to go on."
                        .formatted(execution.status(), execution.error(), execution.cause());
    }

    /** Starts an execution over the users without a list; empty if every user has one. */
    private Optional<String> start(BulkFolder folder, BulkInput input) throws IOException {
        Path users = Files.createTempFile("freshet-bulk", ".jsonl");
        try {
            try (Writer lines = Files.newBufferedWriter(users)) {
                input.remaining(folder.done(), user -> write(user, lines));
            }
            if (Files.size(users) == 0) {
                return Optional.empty();
            }
            int attempt = folder.nextAttempt();
            String key = folder.run().usersKey(attempt);
            bucket.put(key, users);
            ObjectNode work =
                    JSON.createObjectNode()
                            .put("run", folder.run().id())
                            .put("users", key)
                            .put("atOnce", atOnce);
            work.set("request", folder.request());
            String execution = machine.start(folder.run().id() + "-" + attempt, work);
            folder.started(execution);
            return Optional.of(execution);
        } finally {
            Files.delete(users);
        }
    }

    private static void write(BulkInput.User user, Writer lines) {
        try {
            lines.write(user.json() + "\n");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}

package dev.freshet.cli.batch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.connection.StackNameOption;
import dev.freshet.cli.connection.StackOutputs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code freshet batch}: runs batch jobs, and brings their results to the model. */
@Command(
        name = "batch",
        mixinStandardHelpOptions = true,
        description =
                "Runs batch jobs over the whole history, and brings their results to the model.",
        subcommands = {AnnounceCommand.class, StartCommand.class, BatchStatusCommand.class})
final class BatchCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new CommandException(
                "Name what to do: 'freshet batch announce FILE', 'start' or 'status'.");
    }

    /** Returns the outputs of the stack that is named. */
    static StackOutputs outputs(StackNameOption stack) {
        return stack.outputs()
                .orElseThrow(
                        () ->
                                new CommandException(
                                        "Name a stack on AWS with --stack. Without one, run the job by"
                                                + " spark-submit and announce its file with 'freshet"
                                                + " batch announce FILE'."));
    }

    static ObjectNode json(DeployedBatch.Run run) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("execution", run.execution())
                        .put("status", run.status())
                        .put("startedAt", run.startedAt().toString());
        return run.failure().isEmpty() ? json : json.put("failure", run.failure());
    }

    static String text(DeployedBatch.Run run) {
        return "The run that began at %s: %s%s."
                .formatted(
                        run.startedAt(),
                        run.status(),
                        run.failure().isEmpty() ? "" : ", " + run.failure());
    }
}

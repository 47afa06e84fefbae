package dev.freshet.cli.batch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.cli.Output;
import dev.freshet.cli.connection.StackNameOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code freshet batch status}: says how the latest run of batch jobs went. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Says how the latest run of the batch jobs of a stack on AWS went; exit code 1 if it"
                        + " failed.")
final class BatchStatusCommand implements Callable<Integer> {

    @Mixin private final StackNameOption stack = new StackNameOption();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        try (DeployedBatch batch = DeployedBatch.of(BatchCommand.outputs(stack))) {
            Optional<DeployedBatch.Run> latest = batch.latest();
            if (latest.isEmpty()) {
                output.result(
                        JsonNodeFactory.instance.objectNode().put("status", "NONE"),
                        "No run yet; 'freshet batch start --stack' starts one.");
                return 0;
            }
            output.result(BatchCommand.json(latest.get()), BatchCommand.text(latest.get()));
            return latest.get().isRunning() || latest.get().succeeded() ? 0 : 1;
        }
    }
}

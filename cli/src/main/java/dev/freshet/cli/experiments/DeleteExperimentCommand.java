package dev.freshet.cli.experiments;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.cli.Output;
import dev.freshet.cli.connection.ConnectionOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code freshet experiments delete}: one call of {@code DELETE /v1/experiments/{id}}. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = "Deletes an experiment that does not run from a stack.")
final class DeleteExperimentCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "Id of the experiment.")
    private String id = "";

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        stack.call(client -> client.delete(ExperimentText.path(id)));
        output.result(
                JsonNodeFactory.instance.objectNode().put("deleted", id),
                "There is no experiment " + id + " any more.");
        return 0;
    }
}

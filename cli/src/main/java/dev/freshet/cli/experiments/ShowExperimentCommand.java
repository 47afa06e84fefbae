package dev.freshet.cli.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cli.Output;
import dev.freshet.cli.connection.ConnectionOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code freshet experiments show}: one call of {@code GET /v1/experiments/{id}}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Prints the definition of an experiment of a stack.")
final class ShowExperimentCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "Id of the experiment.")
    private String id = "";

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        JsonNode definition = stack.call(client -> client.get(ExperimentText.path(id))).body();
        output.result(definition, definition.toPrettyString());
        return 0;
    }
}

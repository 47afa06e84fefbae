package dev.freshet.cli.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cli.Output;
import dev.freshet.cli.connection.ConnectionOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code freshet experiments results}: one call of {@code GET /v1/experiments/{id}/results}. */
@Command(
        name = "results",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what an experiment of a stack shows, and whether it may be stopped.",
            "The intervals hold at every look: look as often as you like."
        })
final class ExperimentResultsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "Id of the experiment.")
    private String id = "";

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        JsonNode results =
                stack.call(client -> client.get(ExperimentText.path(id) + "/results")).body();
        output.result(results, ExperimentResultsText.of(results));
        return 0;
    }
}

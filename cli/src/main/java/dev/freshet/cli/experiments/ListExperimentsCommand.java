package dev.freshet.cli.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cli.Output;
import dev.freshet.cli.connection.ConnectionOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code freshet experiments list}: one call of {@code GET /v1/experiments}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the experiments of a stack.")
final class ListExperimentsCommand implements Callable<Integer> {
    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        JsonNode answer = stack.call(client -> client.get("/v1/experiments")).body();
        output.result(answer, ExperimentText.table(answer));
        return 0;
    }
}

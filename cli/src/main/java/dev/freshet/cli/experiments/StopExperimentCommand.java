package dev.freshet.cli.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.Output;
import dev.freshet.cli.connection.ConnectionOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code freshet experiments stop}: puts the next version of an experiment, stopped. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = {
            "Stops an experiment of a stack, by its next version.",
            "It can then run again as a new phase only, with a new salt."
        })
final class StopExperimentCommand implements Callable<Integer> {
    private static final String STOPPED = "stopped";

    @Parameters(paramLabel = "ID", description = "Id of the experiment.")
    private String id = "";

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        String path = ExperimentText.path(id);
        ObjectNode definition = stack.call(client -> client.get(path)).body().deepCopy();
        JsonNode stopped = definition;
        if (!definition.path("status").asText().equals(STOPPED)) {
            definition
                    .put("version", definition.path("version").asLong() + 1)
                    .put("status", STOPPED);
            stopped = stack.call(client -> client.put(path, definition)).body();
        }
        output.result(stopped, ExperimentText.stored(stopped));
        return 0;
    }
}

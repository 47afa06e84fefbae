package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cli.Output;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.ConnectionOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code freshet items get ID}: one call of {@code GET /v1/items/{id}}. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Prints an item as it is stored, as JSON.")
final class GetItemCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "ID",
            description = "Id of the item; put -- before one that begins with -.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        JsonNode item =
                stack.call(client -> client.get("/v1/items/" + FreshetClient.segment(id))).body();
        output.result(item, item.toPrettyString());
        return 0;
    }
}

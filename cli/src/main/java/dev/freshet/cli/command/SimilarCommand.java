package dev.freshet.cli.command;

import dev.freshet.cli.Output;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.ConnectionOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code freshet similar}: one call of {@code GET /v1/items/{id}/similar}. */
@Command(
        name = "similar",
        mixinStandardHelpOptions = true,
        description = "Requests items that are similar to an item.")
final class SimilarCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "ITEM",
            description = "Id of the item; put -- before one that begins with -.")
    @SuppressWarnings("NullAway.Init")
    private String item;

    @Mixin private final ItemsRequest request = new ItemsRequest();

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        return request.send(
                stack, output, "/v1/items/" + FreshetClient.segment(item) + "/similar", "");
    }
}

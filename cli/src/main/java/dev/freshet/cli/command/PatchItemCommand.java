package dev.freshet.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.ConnectionOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code freshet items patch ID JSON}: one call of {@code PATCH /v1/items/{id}}. */
@Command(
        name = "patch",
        mixinStandardHelpOptions = true,
        description = {
            "Changes some members of an item, by a JSON merge patch (RFC 7396), and prints the item.",
            "A member that is null is removed: freshet items patch tea"
                    + " '{\"author\":null,\"attributes\":{\"price\":4.5}}'"
        })
final class PatchItemCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(index = "0", paramLabel = "ID", description = "Id of the item.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Parameters(index = "1", paramLabel = "JSON", description = "The members to change.")
    @SuppressWarnings("NullAway.Init")
    private String patch;

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        JsonNode changes = changes();
        JsonNode item =
                stack.call(
                                client ->
                                        client.patch(
                                                "/v1/items/" + FreshetClient.segment(id), changes))
                        .body();
        output.result(item, item.toPrettyString());
        return 0;
    }

    private JsonNode changes() {
        try {
            return JSON.readTree(patch);
        } catch (JsonProcessingException e) {
            throw new CommandException(
                    "The change is not JSON; put it in single quotes, so that the shell leaves it as"
                            + " it is.",
                    e);
        }
    }
}

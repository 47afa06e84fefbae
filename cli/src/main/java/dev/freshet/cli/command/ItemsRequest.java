package dev.freshet.cli.command;

import dev.freshet.cli.Output;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.connection.ConnectionOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a request for items by {@code GET}, and the request. */
final class ItemsRequest {
    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Number of items, 1 to 100. Default: ${DEFAULT-VALUE}.")
    private int count = 10;

    @Mixin private final AnswerOptions form = new AnswerOptions();

    /**
     * Requests the items and prints them.
     *
     * @param stack that is called
     * @param output where they are printed
     * @param parameters further ones of the query, each with its leading {@code &}
     * @return the exit code
     */
    int send(ConnectionOptions stack, Output output, String path, String parameters) {
        String query = path + "?count=" + count + parameters + form.parameters();
        ApiResponse answer = stack.call(client -> client.get(query));
        output.result(answer.body(), ItemsText.of(answer));
        return 0;
    }
}

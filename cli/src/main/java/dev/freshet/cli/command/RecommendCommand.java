package dev.freshet.cli.command;

import dev.freshet.cli.Output;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.connection.ConnectionOptions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet recommend}: one call of {@code POST /v1/recommendations}. */
@Command(
        name = "recommend",
        mixinStandardHelpOptions = true,
        description = "Requests recommendations, and shows the reasons for each item.")
final class RecommendCommand implements Callable<Integer> {
    @Option(
            names = "--item",
            paramLabel = "ID",
            description = "Id of the item that the user is looking at.")
    private @Nullable String item;

    @Mixin private final RequestOptions request = new RequestOptions();

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        ApiResponse answer =
                stack.call(client -> client.post("/v1/recommendations", request.body(item)));
        output.result(answer.body(), ItemsText.of(answer));
        return 0;
    }
}

package dev.freshet.cli.command;

import dev.freshet.cli.Output;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.ConnectionOptions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet trending}: one call of {@code GET /v1/trending}. */
@Command(
        name = "trending",
        mixinStandardHelpOptions = true,
        description =
                "Requests trending items, of all users or of a country, of all items or of a tag.")
final class TrendingCommand implements Callable<Integer> {

    @Option(
            names = "--country",
            paramLabel = "CC",
            description = "Country of the users: two letters, such as BR.")
    private @Nullable String country;

    @Option(names = "--tag", paramLabel = "TAG", description = "Only items with this tag.")
    private @Nullable String tag;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Number of items, 1 to 100. Default: ${DEFAULT-VALUE}.")
    private int count = 10;

    @Mixin private final AnswerOptions form = new AnswerOptions();

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        String path =
                "/v1/trending?count="
                        + count
                        + FreshetClient.parameter("country", country)
                        + FreshetClient.parameter("tag", tag)
                        + form.parameters();
        ApiResponse answer = stack.call(client -> client.get(path));
        output.result(answer.body(), ItemsText.of(answer));
        return 0;
    }
}

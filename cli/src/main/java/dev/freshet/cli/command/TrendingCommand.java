package dev.freshet.cli.command;

import dev.freshet.cli.Output;
import dev.freshet.cli.connection.ConnectionOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code freshet trending}: one call of {@code GET /v1/trending}. */
@Command(
        name = "trending",
        mixinStandardHelpOptions = true,
        description =
                "Requests trending items, of all users or of a country, of all items or of a tag.")
final class TrendingCommand implements Callable<Integer> {
    @Mixin private final AudienceOptions audience = new AudienceOptions();

    @Mixin private final ItemsRequest request = new ItemsRequest();

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        return request.send(stack, output, "/v1/trending", audience.parameters());
    }
}

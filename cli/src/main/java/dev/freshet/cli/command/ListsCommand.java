package dev.freshet.cli.command;

import dev.freshet.cli.Output;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.ConnectionOptions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet lists}: one call of {@code GET /v1/lists/{list}}. */
@Command(
        name = "lists",
        mixinStandardHelpOptions = true,
        description =
                "Requests a list that is the same for all users, of all items or of a tag: latest,"
                        + " popular, liked, top-rated, trending.")
final class ListsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "LIST", description = "Name of the list, such as popular.")
    private String list = "";

    @Option(
            names = "--period",
            paramLabel = "NAME",
            description = "Time over which popular items are counted: hour, day, week or month.")
    private @Nullable String period;

    @Option(
            names = "--filter",
            paramLabel = "JSON",
            description = "Filter of the items, such as {\"field\":\"type\",\"is\":\"article\"}.")
    private @Nullable String filter;

    @Mixin private final AudienceOptions audience = new AudienceOptions();

    @Mixin private final ItemsRequest request = new ItemsRequest();

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        return request.send(
                stack,
                output,
                "/v1/lists/" + FreshetClient.segment(list),
                FreshetClient.parameter("period", period)
                        + audience.parameters()
                        + FreshetClient.parameter("filter", filter));
    }
}

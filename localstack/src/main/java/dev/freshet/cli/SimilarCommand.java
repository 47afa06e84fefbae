package dev.freshet.cli;

import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.FreshetClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet similar}: one call of {@code GET /v1/items/{id}/similar}. */
@Command(
        name = "similar",
        mixinStandardHelpOptions = true,
        description = "Asks for items that go with one.")
final class SimilarCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "ITEM",
            description = "The item's id; one that begins with - goes after --.")
    @SuppressWarnings("NullAway.Init")
    private String item;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "How many items, 1 to 100. Default: ${DEFAULT-VALUE}.")
    private int count = 10;

    @Mixin private final ApiOptions api = new ApiOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        String path = "/v1/items/" + FreshetClient.segment(item) + "/similar?count=" + count;
        ApiResponse answer = api.call(client -> client.get(path));
        output.result(answer.body(), ItemsText.of(answer));
        return 0;
    }
}

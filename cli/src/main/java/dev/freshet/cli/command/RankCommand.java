package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.Output;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.connection.ConnectionOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet rank}: one call of {@code POST /v1/rank}. */
@Command(
        name = "rank",
        mixinStandardHelpOptions = true,
        description =
                "Puts the given items into the order for a user, and says of each why"
                        + " recommendations would withhold it.")
final class RankCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", arity = "1..500", description = "Ids of the items.")
    private List<String> items = List.of();

    @Option(
            names = "--drop",
            description = "Leaves out the items that recommendations would withhold.")
    private boolean drop;

    @Option(
            names = "--looking-at",
            paramLabel = "ID",
            description = "Id of the item that the user is looking at.")
    private @Nullable String lookedAt;

    @Mixin private final RequestOptions request = new RequestOptions();

    @Mixin private final AnswerOptions form = new AnswerOptions();

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        ObjectNode body = request.body(lookedAt);
        body.remove(Set.of("count", "diversity"));
        items.forEach(body.putArray("itemIds")::add);
        form.addTo(body);
        if (drop) {
            body.put("drop", true);
        }
        ApiResponse answer = stack.call(client -> client.post("/v1/rank", body));
        output.result(answer.body(), ItemsText.of(answer));
        return 0;
    }
}

package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.Output;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.connection.ConnectionOptions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet explain}: one call of {@code POST /v1/recommendations/explain}. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Explains the list that a user gets now: what every stage did, and with --item why"
                        + " an item is in the list or not.")
final class ExplainCommand implements Callable<Integer> {

    @Option(
            names = "--item",
            paramLabel = "ID",
            description = "Id of the item whose way through the stages is told.")
    private @Nullable String item;

    @Option(
            names = "--looking-at",
            paramLabel = "ID",
            description = "Id of the item that the user is looking at.")
    private @Nullable String lookedAt;

    @Option(
            names = "--list",
            paramLabel = "ID",
            description =
                    "Id of a list that was shown, recommendationId in its answer: its draws are"
                            + " repeated.")
    private @Nullable String list;

    @Mixin private final RequestOptions request = new RequestOptions();

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("request", request.body(lookedAt));
        if (item != null) {
            body.put("itemId", item);
        }
        if (list != null) {
            body.put("recommendationId", list);
        }
        ApiResponse answer = stack.call(client -> client.post("/v1/recommendations/explain", body));
        output.result(answer.body(), ExplanationText.of(answer.body()));
        return 0;
    }
}

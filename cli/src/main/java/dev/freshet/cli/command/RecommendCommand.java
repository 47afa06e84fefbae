package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.connection.ConnectionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
    private static final String PATH = "/v1/recommendations";
    private static final int MAX_PAGES = 10;

    @Option(
            names = "--item",
            paramLabel = "ID",
            description = "Id of the item that the user is looking at.")
    private @Nullable String item;

    @Option(
            names = "--pages",
            paramLabel = "N",
            description =
                    "Number of pages of one list, 1 to 10, each of --count items. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int pages = 1;

    @Mixin private final RequestOptions request = new RequestOptions();

    @Mixin private final AnswerOptions form = new AnswerOptions();

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        if (pages < 1 || pages > MAX_PAGES) {
            throw new CommandException("--pages takes a number from 1 to " + MAX_PAGES + ".");
        }
        ObjectNode body = request.body(item);
        form.addTo(body);
        if (pages == 1) {
            ApiResponse answer = stack.call(client -> client.post(PATH, body));
            output.result(answer.body(), ItemsText.of(answer));
            return 0;
        }
        List<ApiResponse> answers = pages(body);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode all = json.putArray("pages");
        answers.forEach(page -> all.add(page.body()));
        output.result(
                json, answers.stream().map(ItemsText::of).collect(Collectors.joining("\n\n")));
        return 0;
    }

    /** Returns the pages of one list: as many as were asked for, or as it has. */
    private List<ApiResponse> pages(ObjectNode body) {
        body.put("paged", true);
        List<ApiResponse> answers = new ArrayList<>();
        boolean more = true;
        while (more && answers.size() < pages) {
            ApiResponse page = stack.call(client -> client.post(PATH, body));
            answers.add(page);
            more = page.body().hasNonNull("next");
            body.set("page", page.body().path("next"));
        }
        return answers;
    }
}

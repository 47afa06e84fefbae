package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.connection.ConnectionOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet items list}: pages of {@code GET /v1/items} up to a number of items. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists items of the catalogue in the order of its table.")
final class ListItemsCommand implements Callable<Integer> {
    private static final int PAGE = 100;
    private static final int MOST = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Most items, up to 10,000; default ${DEFAULT-VALUE}.")
    private int count = 20;

    @Option(
            names = "--after",
            paramLabel = "CURSOR",
            description = "Go on after the cursor that a list before ended with.")
    private String after = "";

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        if (count < 1 || count > MOST) {
            throw new CommandException("--count takes a number from 1 to 10,000.");
        }
        ObjectNode all = JSON.createObjectNode();
        ArrayNode items = all.putArray("items");
        String next = after;
        do {
            int most = Math.min(PAGE, count - items.size());
            String path =
                    "/v1/items?count="
                            + most
                            + (next.isEmpty()
                                    ? ""
                                    : "&after=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
            JsonNode page = stack.call(client -> client.get(path)).body();
            page.path("items").forEach(items::add);
            next = page.path("next").asText("");
        } while (!next.isEmpty() && items.size() < count);
        if (!next.isEmpty()) {
            all.put("next", next);
        }
        output.result(all, text(items, next));
        return 0;
    }

    private static String text(ArrayNode items, String next) {
        String lines =
                StreamSupport.stream(items.spliterator(), false)
                        .map(
                                item ->
                                        "%-24s  %s"
                                                .formatted(
                                                        item.path("itemId").asText(),
                                                        item.path("title").asText()))
                        .collect(Collectors.joining(System.lineSeparator()));
        String more = next.isEmpty() ? "" : "There are more items: --after %s".formatted(next);
        return items.isEmpty() && next.isEmpty()
                ? "The catalogue has no items."
                : lines + (more.isEmpty() ? "" : System.lineSeparator() + more);
    }
}

package dev.freshet.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.FreshetClient;
import dev.freshet.cli.connection.ApiOptions;
import dev.freshet.cli.imports.LinesUpload;
import dev.freshet.console.CommandException;
import dev.freshet.console.Text;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet items}: reads and writes the catalogue by the routes of {@code /v1/items}. */
@Command(
        name = "items",
        mixinStandardHelpOptions = true,
        description = "Reads and writes items of the catalogue.")
public final class ItemsCommand {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 100;
    private static final int MAX_LISTED = 10_000;

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Writes items from a file that has one JSON object on each line.",
                "An item is accepted if it has no version, or a higher one than the stored item."
                        + " The exit code is 3 if any line is refused."
            })
    int put(
            @Parameters(
                            paramLabel = "FILE",
                            description = "File with one JSON object on each line.")
                    Path file,
            @Mixin ApiOptions api)
            throws IOException, InterruptedException {
        return LinesUpload.items().send(file, api);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Prints an item as it is stored, as JSON.")
    int get(
            @Parameters(
                            paramLabel = "ID",
                            description = "Id of the item; put -- before one that begins with -.")
                    String id,
            @Mixin ApiOptions api) {
        return api.print(api.get(path(id)).body());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Lists items of the catalogue in the order of its table.")
    int list(
            @Option(
                            names = "--count",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "Most items, up to 10,000; default ${DEFAULT-VALUE}.")
                    int count,
            @Option(
                            names = "--after",
                            paramLabel = "CURSOR",
                            defaultValue = "",
                            description = "Go on after the cursor that a list before ended with.")
                    String after,
            @Mixin ApiOptions api) {
        boolean allowed = count >= 1 && count <= MAX_LISTED;
        CommandException.require(allowed, "--count takes a number from 1 to 10,000.");
        ObjectNode all = JSON.createObjectNode();
        ArrayNode items = all.putArray("items");
        String next = after;
        do {
            String path =
                    "/v1/items?count="
                            + Math.min(PAGE, count - items.size())
                            + FreshetClient.parameter("after", next.isEmpty() ? null : next);
            JsonNode page = api.get(path).body();
            page.path("items").forEach(items::add);
            next = page.path("next").asText("");
        } while (!next.isEmpty() && items.size() < count);
        Text text = new Text();
        items.forEach(item -> text.add(item, "{itemId:-24s}  {title}"));
        if (!next.isEmpty()) {
            all.put("next", next);
            text.add("There are more items: --after %s", next);
        }
        return api.print(all, text.isEmpty() ? "The catalogue has no items." : text.toString());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Changes some members of an item, by a JSON merge patch (RFC 7396), and prints the item.",
                "A member that is null is removed: freshet items patch tea"
                        + " '{\"author\":null,\"attributes\":{\"price\":4.5}}'"
            })
    int patch(
            @Parameters(paramLabel = "ID", description = "Id of the item.") String id,
            @Parameters(paramLabel = "JSON", description = "The members to change.") String patch,
            @Mixin ApiOptions api) {
        JsonNode changes;
        try {
            changes = JSON.readTree(patch);
        } catch (JsonProcessingException e) {
            throw new CommandException(
                    "The change is not JSON; put it in single quotes, so that the shell leaves it"
                            + " as it is.",
                    e);
        }
        return api.print(api.patch(path(id), changes).body());
    }

    private static String path(String id) {
        return "/v1/items/" + FreshetClient.segment(id);
    }
}

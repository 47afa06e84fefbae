package dev.freshet.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Text;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.ApiOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet items}: reads and writes the catalogue by the routes of {@code /v1/items}. */
@Command(
        name = "items",
        mixinStandardHelpOptions = true,
        description = "Reads and writes items of the catalogue.")
public final class ItemsCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 100;
    private static final int MAX_LISTED = 10_000;
    private static final int REJECTIONS_SHOWN = 10;

    @Override
    public Integer call() {
        throw new CommandException(
                "Name what to do with items: 'freshet items put FILE', get ID, list or patch ID JSON.");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Writes items from a file that has one JSON object on each line.",
                "An item is accepted if it has no version, or a higher one than the stored item."
                        + " The exit code is 1 if any is refused."
            })
    int put(
            @Parameters(
                            paramLabel = "FILE",
                            description = "File with one JSON object on each line.")
                    Path file,
            @Mixin ApiOptions api)
            throws IOException {
        Upload upload = new Upload(api);
        JsonFile.read(file, "Items", api.output(), upload::add);
        upload.send();
        ObjectNode result = JSON.createObjectNode().put("accepted", upload.accepted);
        result.set("rejected", upload.rejected);
        api.print(result, upload.text());
        return upload.rejected.isEmpty() ? 0 : 1;
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
        if (count < 1 || count > MAX_LISTED) {
            throw new CommandException("--count takes a number from 1 to 10,000.");
        }
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
        items.forEach(item -> text.add("%-24s  %s", text(item, "itemId"), text(item, "title")));
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

    private static String text(JsonNode json, String member) {
        return json.path(member).asText();
    }

    /** Items on their way to {@code POST /v1/items}, a request for each {@link ItemBatch}. */
    private static final class Upload {
        private final ApiOptions api;
        private final ArrayNode rejected = JSON.createArrayNode();
        private ItemBatch batch = new ItemBatch();
        private long accepted;
        private long line;

        Upload(ApiOptions api) {
            this.api = api;
        }

        void add(long number, String text, ObjectNode item) {
            if (!batch.hasRoomFor(text)) {
                send();
            }
            batch.add(text, item);
            line = number;
        }

        void send() {
            if (batch.items().isEmpty()) {
                return;
            }
            ObjectNode body = JSON.createObjectNode();
            body.set("items", batch.items());
            JsonNode answer = api.post("/v1/items", body).body();
            accepted += answer.path("accepted").asLong();
            for (JsonNode one : answer.path("rejected")) {
                rejected.add(one.<ObjectNode>deepCopy().put("upToLine", line));
            }
            batch = new ItemBatch();
        }

        private String text() {
            Text text = new Text();
            text.add("%,d items accepted, %,d refused.", accepted, rejected.size());
            for (int i = 0; i < Math.min(REJECTIONS_SHOWN, rejected.size()); i++) {
                JsonNode one = rejected.get(i);
                text.add("  %s: %s", one.path("itemId").asText("?"), one.path("detail").asText());
            }
            return text.toString();
        }
    }
}

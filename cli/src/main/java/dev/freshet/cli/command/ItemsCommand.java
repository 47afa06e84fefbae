package dev.freshet.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.JsonFile;
import dev.freshet.cli.Text;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.ApiOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    private static final int REJECTIONS_SHOWN = 10;

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
        JsonFile.lines(file, "Items", api.output(), upload::add);
        upload.send();
        api.output().result(new Uploaded(upload.accepted, upload.rejected), upload.text());
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

    /** What became of the items of a file. */
    private record Uploaded(long accepted, ArrayNode rejected) {}

    private static String path(String id) {
        return "/v1/items/" + FreshetClient.segment(id);
    }

    /** Items on their way to {@code POST /v1/items}, a request for each {@link Batch}. */
    private static final class Upload {
        private final ApiOptions api;
        private final ArrayNode rejected = JSON.createArrayNode();
        private Batch batch = new Batch();
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
            batch = new Batch();
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

    /** The items of one request to {@code POST /v1/items}. */
    static final class Batch {
        /** Most items of a batch. */
        static final int MAX_ITEMS = 200;

        /**
         * Most bytes of a batch of more than one item. The route accepts 4 MiB; the rest is room
         * for what encoding the items again may add.
         */
        static final int MAX_BYTES = 3 << 20;

        private final ArrayNode items = JsonNodeFactory.instance.arrayNode();
        private long bytes;

        /** Returns the items, in the order in which they were added. */
        ArrayNode items() {
            return items;
        }

        /**
         * Returns whether the item of a line is to be added to this batch and not to another one.
         */
        boolean hasRoomFor(String line) {
            return items.isEmpty() || (items.size() < MAX_ITEMS && bytes + size(line) <= MAX_BYTES);
        }

        /**
         * Adds an item.
         *
         * @param line the item as it was read
         */
        void add(String line, JsonNode item) {
            items.add(item);
            bytes += size(line);
        }

        private static int size(String line) {
            return line.getBytes(StandardCharsets.UTF_8).length + 1;
        }
    }
}

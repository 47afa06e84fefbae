package dev.freshet.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.connection.ConnectionOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code freshet items}: commands for the catalogue. */
@Command(
        name = "items",
        mixinStandardHelpOptions = true,
        description = "Reads and writes items of the catalogue.",
        subcommands = {
            ItemsCommand.PutCommand.class,
            GetItemCommand.class,
            ListItemsCommand.class,
            PatchItemCommand.class
        })
final class ItemsCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new CommandException(
                "Name what to do with items: 'freshet items put FILE', get ID, list or patch ID JSON.");
    }

    /**
     * {@code freshet items put FILE}: calls {@code POST /v1/items} once for each {@link ItemBatch}.
     */
    @Command(
            name = "put",
            mixinStandardHelpOptions = true,
            description = {
                "Writes items from a file that has one JSON object on each line.",
                "An item is accepted if it has no version, or a higher one than the stored item."
                        + " The exit code is 1 if any is refused."
            })
    static final class PutCommand implements Callable<Integer> {
        private static final int REJECTIONS_SHOWN = 10;
        private static final ObjectMapper JSON = new ObjectMapper();

        @Parameters(paramLabel = "FILE", description = "File with one JSON object on each line.")
        @SuppressWarnings("NullAway.Init")
        private Path file;

        @Mixin private final ConnectionOptions stack = new ConnectionOptions();

        @Mixin private final Output output = new Output();

        private final ArrayNode rejected = JSON.createArrayNode();
        private long accepted;

        @Override
        public Integer call() throws IOException {
            if (!Files.isReadable(file)) {
                throw new CommandException("There is no readable file " + file + ".");
            }
            try (BufferedReader lines = Files.newBufferedReader(file);
                    Progress progress = output.progress("Items, bytes", Files.size(file))) {
                ItemBatch batch = new ItemBatch();
                long number = 0;
                long bytes = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!batch.hasRoomFor(line)) {
                        put(batch.items(), number);
                        batch = new ItemBatch();
                        progress.at(bytes);
                    }
                    number++;
                    bytes += line.length() + 1L;
                    if (!line.isBlank()) {
                        batch.add(line, item(line, number));
                    }
                }
                put(batch.items(), number);
            }
            ObjectNode result = JSON.createObjectNode().put("accepted", accepted);
            result.set("rejected", rejected);
            output.result(result, text());
            return rejected.isEmpty() ? 0 : 1;
        }

        private static JsonNode item(String line, long number) {
            try {
                return JSON.readTree(line);
            } catch (JsonProcessingException e) {
                throw new CommandException(
                        "Line "
                                + number
                                + " is not a JSON object: correct it and run the command again. Items of the"
                                + " lines before it may have been written.",
                        e);
            }
        }

        private void put(ArrayNode batch, long lastLine) {
            if (batch.isEmpty()) {
                return;
            }
            ObjectNode body = JSON.createObjectNode();
            body.set("items", batch);
            ApiResponse answer = stack.call(client -> client.post("/v1/items", body));
            accepted += answer.body().path("accepted").asLong();
            for (JsonNode one : answer.body().path("rejected")) {
                ObjectNode copy = one.deepCopy();
                copy.put("upToLine", lastLine);
                rejected.add(copy);
            }
        }

        private String text() {
            StringBuilder text =
                    new StringBuilder(
                            "%,d items accepted, %,d refused."
                                    .formatted(accepted, rejected.size()));
            for (int i = 0; i < Math.min(REJECTIONS_SHOWN, rejected.size()); i++) {
                JsonNode one = rejected.get(i);
                text.append(
                        "%n  %s: %s"
                                .formatted(
                                        one.path("itemId").asText("?"),
                                        one.path("detail").asText()));
            }
            return text.toString();
        }
    }
}

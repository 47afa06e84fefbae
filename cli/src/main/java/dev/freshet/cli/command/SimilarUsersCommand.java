package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cli.Output;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.ConnectionOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet users similar}: one call of {@code GET /v1/users/{id}/similar}. */
@Command(
        name = "similar",
        mixinStandardHelpOptions = true,
        description = "Describes the people who are like a user, and names none of them.")
final class SimilarUsersCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "ID",
            description = "Id of the user; put -- before one that begins with -.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Entries of each list, 1 to 100. Default: ${DEFAULT-VALUE}.")
    private int count = 10;

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        String path = "/v1/users/" + FreshetClient.segment(id) + "/similar?count=" + count;
        JsonNode group = stack.call(client -> client.get(path)).body();
        output.result(group, text(group));
        return 0;
    }

    private static String text(JsonNode group) {
        if (group.has("withheld")) {
            return "Nothing is told: " + group.path("withheld").path("text").asText();
        }
        StringBuilder text =
                new StringBuilder(
                        "At least %,d people are like the user. At least so many of them have:"
                                .formatted(group.path("people").asInt()));
        for (JsonNode item : group.path("items")) {
            line(text, item, "item", item.path("title").asText(item.path("itemId").asText()));
        }
        for (JsonNode tag : group.path("tags")) {
            line(text, tag, "tag", tag.path("tag").asText());
        }
        for (JsonNode author : group.path("authors")) {
            line(text, author, "author", author.path("author").asText());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, JsonNode counted, String kind, String name) {
        text.append("%n  %,5d  %-6s  %s".formatted(counted.path("people").asInt(), kind, name));
    }
}

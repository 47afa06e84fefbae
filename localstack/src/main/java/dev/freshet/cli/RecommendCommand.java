package dev.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.client.ApiResponse;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet recommend}: one call of {@code POST /v1/recommendations}. */
@Command(
        name = "recommend",
        mixinStandardHelpOptions = true,
        description = "Asks for recommendations and says why each item is there.")
final class RecommendCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--user", paramLabel = "ID", description = "A user's id.")
    private @Nullable String user;

    @Option(names = "--anonymous", paramLabel = "ID", description = "An anonymous visitor's id.")
    private @Nullable String anonymous;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "How many items, 1 to 100. Default: ${DEFAULT-VALUE}.")
    private int count = 10;

    @Option(names = "--item", paramLabel = "ID", description = "The item being looked at.")
    private @Nullable String item;

    @Option(
            names = "--session",
            paramLabel = "ID",
            split = ",",
            description = "Items just looked at, newest last, comma-separated.")
    private List<String> session = List.of();

    @Option(names = "--country", paramLabel = "CC", description = "Two letters, such as BR.")
    private @Nullable String country;

    @Option(names = "--device", description = "desktop, mobile, tablet, tv.")
    private @Nullable String device;

    @Option(
            names = "--filter",
            paramLabel = "JSON",
            description = "Such as {\"field\":\"tags\",\"contains\":\"football\"}.")
    private @Nullable String filter;

    @Option(names = "--diversity", paramLabel = "0..1", description = "How unlike the items are.")
    private @Nullable Double diversity;

    @Mixin private final ApiOptions api = new ApiOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        ObjectNode body = question();
        ApiResponse answer = api.call(client -> client.post("/v1/recommendations", body));
        output.result(answer.body(), ItemsText.of(answer));
        return 0;
    }

    private ObjectNode question() {
        ObjectNode body = JSON.createObjectNode().put("count", count);
        put(body, "userId", user);
        put(body, "anonymousId", anonymous);
        put(body, "itemId", item);
        ObjectNode context = JSON.createObjectNode();
        put(context, "country", country);
        put(context, "device", device);
        if (!context.isEmpty()) {
            body.set("context", context);
        }
        if (!session.isEmpty()) {
            var items = body.putObject("session").putArray("items");
            session.forEach(id -> items.addObject().put("itemId", id));
        }
        if (filter != null) {
            body.set("filter", json(filter));
        }
        if (diversity != null) {
            body.put("diversity", diversity);
        }
        return body;
    }

    private static void put(ObjectNode into, String name, @Nullable String value) {
        if (value != null) {
            into.put(name, value);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CommandException("--filter is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}

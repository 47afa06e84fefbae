package dev.freshet.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that make a request for recommendations: who asks, where and for what. */
final class RequestOptions {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--user", paramLabel = "ID", description = "Id of a user.")
    private @Nullable String user;

    @Option(
            names = "--anonymous",
            paramLabel = "ID",
            description = "Id of an anonymous user, which begins with anon-.")
    private @Nullable String anonymous;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Number of items, 1 to 100. Default: ${DEFAULT-VALUE}.")
    private int count = 10;

    @Option(
            names = "--session",
            paramLabel = "ID",
            split = ",",
            description = "Ids of items just viewed, newest last, separated by commas.")
    private List<String> session = List.of();

    @Option(
            names = "--country",
            paramLabel = "CC",
            description = "Country of the user: two letters, such as BR.")
    private @Nullable String country;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "Device of the user: desktop, mobile, tablet or tv.")
    private @Nullable String device;

    @Option(
            names = "--filter",
            paramLabel = "JSON",
            description =
                    "Filter of the items, such as {\"field\":\"tags\",\"contains\":\"football\"}.")
    private @Nullable String filter;

    @Option(
            names = "--diversity",
            paramLabel = "0..1",
            description = "How much the items differ from each other: 0 ranks by score alone.")
    private @Nullable Double diversity;

    @Option(
            names = "--placement",
            paramLabel = "NAME",
            description = "The place on the site that the list is for.")
    private @Nullable String placement;

    /**
     * Returns the body of the request.
     *
     * @param lookedAt id of the item that the user is looking at, or null
     * @throws CommandException for a filter that is not JSON
     */
    ObjectNode body(@Nullable String lookedAt) {
        ObjectNode body = JSON.createObjectNode().put("count", count);
        put(body, "userId", user);
        put(body, "anonymousId", anonymous);
        put(body, "placement", placement);
        put(body, "itemId", lookedAt);
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
            try {
                body.set("filter", JSON.readTree(filter));
            } catch (JsonProcessingException e) {
                throw new CommandException("--filter is not JSON: " + e.getOriginalMessage(), e);
            }
        }
        if (diversity != null) {
            body.put("diversity", diversity);
        }
        return body;
    }

    /** Adds a member that is given. */
    static void put(ObjectNode into, String name, @Nullable String value) {
        if (value != null) {
            into.put(name, value);
        }
    }
}

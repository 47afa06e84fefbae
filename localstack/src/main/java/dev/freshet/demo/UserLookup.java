package dev.freshet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.ApiUnreachableException;
import dev.freshet.cli.client.FreshetClient;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * HTTP handler by which the dashboard of the demo looks up a user, for an owner who may do so with
 * {@code freshet explain} and {@code freshet users}. It calls the API with the secret key of the
 * demo, whose users are simulated. No other stack has the route, because the key of the dashboard
 * reads sums and no person.
 *
 * <p>{@code GET /_freshet/users} answers {@code {"users":[id]}}, a few ids. {@code GET
 * /_freshet/users/ID} answers {@code {userId, profile, interactions, list}}: the stored profile,
 * absent where there is none, the latest interactions, newest first, and the list that the user
 * gets now, with how many candidates each source found and each filter removed, and the user's
 * segment. Requests of pages of other origins are refused.
 */
final class UserLookup implements HttpHandler {
    /** Begin of the paths, followed by nothing, or by a slash and an id. */
    static final String PREFIX = "/_freshet/users";

    private static final int INTERACTIONS = 20;
    private static final int PLACES = 10;

    /** Prefix of ids that name visitors without an account. */
    private static final String ANONYMOUS = "anon-";

    /** What browsers send with requests of the page's own origin, and with none of a page. */
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final FreshetClient client;
    private final List<String> examples;
    private final Function<String, Optional<String>> titles;

    /**
     * Creates the handler.
     *
     * @param client a client with a secret key
     * @param examples ids of users that the page proposes
     * @param titles returns the title of an item by its id
     */
    UserLookup(
            FreshetClient client,
            List<String> examples,
            Function<String, Optional<String>> titles) {
        this.client = client;
        this.examples = List.copyOf(examples);
        this.titles = titles;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            reply(exchange).send(exchange);
        }
    }

    private DemoReply reply(HttpExchange exchange) {
        String site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
        if (site != null && !OWN.contains(site)) {
            return DemoReply.problem(403, "Only a page of the demo may look users up.");
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            return DemoReply.problem(405, "The route has GET alone.");
        }
        String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
        if (path.isEmpty()) {
            ObjectNode json = JSON.objectNode();
            examples.forEach(json.putArray("users")::add);
            return new DemoReply(200, json);
        }
        if (!path.startsWith("/") || path.length() == 1) {
            return DemoReply.problem(404, "There is no such route.");
        }
        try {
            return found(path.substring(1));
        } catch (ApiUnreachableException unreachable) {
            return DemoReply.problem(503, "The API did not answer in time; try again.");
        }
    }

    private DemoReply found(String id) {
        String user = "/v1/users/" + FreshetClient.segment(id);
        ApiResponse rows = client.get(user + "/interactions?count=" + INTERACTIONS);
        if (!rows.ok()) {
            return DemoReply.problem(rows.status(), rows.problem());
        }
        ApiResponse list = client.post("/v1/recommendations/explain", request(id));
        if (!list.ok()) {
            return DemoReply.problem(list.status(), list.problem());
        }
        ObjectNode json = JSON.objectNode().put("userId", id);
        ApiResponse profile = client.get(user);
        if (profile.ok()) {
            json.set("profile", picked(profile.body(), "attributes", "consent", "aliases"));
        }
        ArrayNode interactions = json.putArray("interactions");
        rows.body()
                .path("interactions")
                .forEach(
                        row ->
                                interactions.add(
                                        titled(
                                                picked(
                                                        row,
                                                        "eventId",
                                                        "type",
                                                        "itemId",
                                                        "occurredAt",
                                                        "strength"))));
        json.set("list", list(list.body()));
        return new DemoReply(200, json);
    }

    private static ObjectNode request(String id) {
        ObjectNode body = JSON.objectNode();
        body.putObject("request")
                .put(id.startsWith(ANONYMOUS) ? "anonymousId" : "userId", id)
                .put("count", PLACES);
        return body;
    }

    private ObjectNode list(JsonNode answer) {
        ObjectNode json = picked(answer, "personalised", "model", "sources", "filters", "segment");
        json.put("reflects", answer.path("reflects").path("events").asInt());
        ArrayNode items = json.putArray("items");
        for (JsonNode item : answer.path("items")) {
            ObjectNode one = titled(picked(item, "itemId", "title", "reasons"));
            ArrayNode movedBy = one.putArray("movedBy");
            item.path("movedBy")
                    .forEach(event -> movedBy.add(titled(picked(event, "type", "itemId", "part"))));
            items.add(one);
        }
        return json;
    }

    /** Returns an object with these members of another one, as far as it has them. */
    private static ObjectNode picked(JsonNode from, String... members) {
        ObjectNode json = JSON.objectNode();
        for (String member : members) {
            if (from.hasNonNull(member)) {
                json.set(member, from.path(member));
            }
        }
        return json;
    }

    private ObjectNode titled(ObjectNode json) {
        String title = titles.apply(json.path("itemId").asText()).orElse(null);
        if (title != null && !json.has("title")) {
            json.put("title", title);
        }
        return json;
    }
}

package dev.freshet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.api.FreshetClient.UnreachableException;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.host.HttpReply;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Routes by which the pages of the demo show what is known of a person. They call the API with the
 * secret key of the demo, as a site's own server would. No other stack has them.
 *
 * <p>The dashboard looks up users, who are simulated here, for an owner who may do so with {@code
 * freshet explain} and {@code freshet users}; the key of the dashboard reads sums and no person.
 * {@code GET /_freshet/users} answers {@code {"users":[id]}}, a few ids. {@code GET
 * /_freshet/users/ID} answers {@code {userId, profile, interactions, list}}: the stored profile,
 * absent where there is none, the latest interactions, newest first, and the list that the user
 * gets now, with how many candidates each source found and each filter removed, and the user's
 * segment. Requests of pages of other origins are refused.
 *
 * <p>The playground shows what is known of its reader ({@code GET /_freshet/readers/ID}) and erases
 * the reader ({@code DELETE}), for anonymous ids alone. Pages of other origins cannot call it: the
 * responses have no CORS headers, and preflight requests are refused.
 *
 * <p>{@code POST /_freshet/dashboard-key} answers {@code {"key":KEY}}, with which the playground
 * opens the dashboard: an insights key, which ends within an hour and reads sums alone.
 *
 * @param client a client with a secret key
 * @param examples ids of users that the page proposes
 * @param titles returns the title of an item by its id
 */
record PersonRoutes(
        FreshetClient client, List<String> examples, Function<String, Optional<String>> titles) {
    /** Begin of the paths of users, followed by nothing, or by a slash and an id. */
    static final String USERS = "/_freshet/users";

    /** Begin of the paths of readers, followed by the id. */
    static final String READERS = "/_freshet/readers/";

    /** The path of a key for the dashboard. */
    static final String DASHBOARD = "/_freshet/dashboard-key";

    /** The ids that the playground makes: a prefix and a UUID. */
    private static final Pattern READER = Pattern.compile("anon-[0-9a-f-]{36}");

    private static final int PROPOSED = 5;
    private static final int INTERACTIONS = 20;
    private static final int PLACES = 10;

    /** Tags that tell what people who are like the reader read. */
    private static final int SIMILAR_TAGS = 3;

    /** Prefix of ids that name visitors without an account. */
    private static final String ANONYMOUS = "anon-";

    /** What browsers send with requests of the page's own origin, and with none of a page. */
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    PersonRoutes {
        examples = List.copyOf(examples);
    }

    /** Serves the routes for the users of a site, of whom the first are proposed. */
    static void serve(LocalCloud cloud, FreshetClient client, GeneratedSite site) {
        PersonRoutes people =
                new PersonRoutes(
                        client,
                        site.users().stream().limit(PROPOSED).map(SimulatedUser::userId).toList(),
                        id -> Optional.ofNullable(site.item(id)).map(item -> item.item().title()));
        cloud.serve(READERS, people::reader);
        cloud.serve(USERS, people::user);
        cloud.serve(DASHBOARD, exchange -> dashboard(exchange, cloud::dashboardKey));
    }

    private static boolean isForeign(HttpExchange exchange) {
        String site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
        return site != null && !OWN.contains(site);
    }

    /** Answers a request for a key of the dashboard. */
    static HttpReply dashboard(HttpExchange exchange, Supplier<Optional<String>> keys) {
        if (isForeign(exchange) || !exchange.getRequestMethod().equals("POST")) {
            return problem(403, "Only a page of the demo may ask for a key, by POST.");
        }
        return keys.get()
                .map(key -> reply(200, JSON.objectNode().put("key", key)))
                .orElseGet(() -> problem(404, "This cloud has no keys."));
    }

    /** Answers a request for a user. */
    HttpReply user(HttpExchange exchange) {
        if (isForeign(exchange)) {
            return problem(403, "Only a page of the demo may look users up.");
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            return problem(405, "The route has GET alone.");
        }
        String path = exchange.getRequestURI().getPath().substring(USERS.length());
        if (path.isEmpty()) {
            ObjectNode json = JSON.objectNode();
            examples.forEach(json.putArray("users")::add);
            return reply(200, json);
        }
        if (!path.startsWith("/") || path.length() == 1) {
            return problem(404, "There is no such route.");
        }
        return answered(() -> found(path.substring(1)));
    }

    /** Answers a request for a reader. */
    HttpReply reader(HttpExchange exchange) {
        String id = exchange.getRequestURI().getPath().substring(READERS.length());
        if (!READER.matcher(id).matches()) {
            return problem(400, "The id is none of this page's: anon- and a UUID.");
        }
        return switch (exchange.getRequestMethod()) {
            case "GET" -> answered(() -> known(id));
            case "DELETE" -> answered(() -> passed(client.delete("/v1/users/" + id)));
            default -> problem(405, "The route has GET and DELETE.");
        };
    }

    private static HttpReply answered(Supplier<HttpReply> reply) {
        try {
            return reply.get();
        } catch (UnreachableException unreachable) {
            return problem(503, "The API did not answer in time; try again.");
        }
    }

    /** Returns a response that browsers do not store. */
    private static HttpReply reply(int status, JsonNode body) {
        return HttpReply.json(status, body).with("Cache-Control", "no-store");
    }

    private static HttpReply problem(int status, String detail) {
        return reply(status, JSON.objectNode().put("detail", detail));
    }

    private static HttpReply passed(ApiResponse answer) {
        return answer.ok()
                ? reply(answer.status(), answer.body())
                : problem(answer.status(), answer.problem());
    }

    private HttpReply known(String id) {
        ApiResponse rows = client.get("/v1/users/" + id + "/interactions?count=" + INTERACTIONS);
        if (!rows.ok()) {
            return passed(rows);
        }
        ObjectNode json = JSON.objectNode();
        json.set("interactions", rows.body().path("interactions"));
        ApiResponse profile = client.get("/v1/users/" + id);
        if (profile.ok() && profile.body().hasNonNull("consent")) {
            json.set("consent", profile.body().path("consent"));
        }
        ApiResponse similar = client.get("/v1/users/" + id + "/similar?count=" + SIMILAR_TAGS);
        if (similar.ok()) {
            json.putObject("similar")
                    .put("people", similar.body().path("people").asInt())
                    .set("tags", similar.body().path("tags"));
        }
        return reply(200, json);
    }

    private HttpReply found(String id) {
        String user = "/v1/users/" + FreshetClient.segment(id);
        ApiResponse rows = client.get(user + "/interactions?count=" + INTERACTIONS);
        if (!rows.ok()) {
            return passed(rows);
        }
        ApiResponse list = client.post("/v1/recommendations/explain", request(id));
        if (!list.ok()) {
            return passed(list);
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
        return reply(200, json);
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
                    .forEach(event -> movedBy.add(titled(picked(event, "type", "itemId", "lift"))));
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

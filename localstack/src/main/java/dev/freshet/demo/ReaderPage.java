package dev.freshet.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.ApiUnreachableException;
import dev.freshet.cli.client.FreshetClient;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * HTTP handler by which the playground shows what is known of its reader ({@code GET}) and erases
 * the reader ({@code DELETE}), as a site's own server would do for its users. It calls the API with
 * the secret key of the demo, for anonymous ids alone. Pages of other origins cannot call it: the
 * responses have no CORS headers, and preflight requests are refused.
 */
final class ReaderPage implements HttpHandler {
    /** Begin of the paths, followed by the id. */
    static final String PREFIX = "/_freshet/readers/";

    /** The ids that the playground makes: a prefix and a UUID. */
    private static final Pattern ID = Pattern.compile("anon-[0-9a-f-]{36}");

    private static final int INTERACTIONS = 20;

    /** Tags that tell what people who are like the reader read. */
    private static final int SIMILAR_TAGS = 3;

    private final FreshetClient client;

    /**
     * Creates the handler.
     *
     * @param client a client with a secret key
     */
    ReaderPage(FreshetClient client) {
        this.client = client;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            reply(exchange).send(exchange);
        }
    }

    private DemoReply reply(HttpExchange exchange) {
        String id = exchange.getRequestURI().getPath().substring(PREFIX.length());
        if (!ID.matcher(id).matches()) {
            return DemoReply.problem(400, "The id is none of this page's: anon- and a UUID.");
        }
        try {
            return switch (exchange.getRequestMethod()) {
                case "GET" -> known(id);
                case "DELETE" -> passed(client.delete("/v1/users/" + id));
                default -> DemoReply.problem(405, "The route has GET and DELETE.");
            };
        } catch (ApiUnreachableException unreachable) {
            return DemoReply.problem(503, "The API did not answer in time; try again.");
        }
    }

    private DemoReply known(String id) {
        ApiResponse rows = client.get("/v1/users/" + id + "/interactions?count=" + INTERACTIONS);
        if (!rows.ok()) {
            return passed(rows);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
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
        return new DemoReply(200, json);
    }

    private static DemoReply passed(ApiResponse answer) {
        return answer.ok()
                ? new DemoReply(answer.status(), answer.body())
                : DemoReply.problem(answer.status(), answer.problem());
    }
}

package dev.freshet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The response of a route that only the demo has; browsers do not store it. */
record DemoReply(int status, JsonNode body) {
    /** Returns a refusal that says why. */
    static DemoReply problem(int status, String detail) {
        return new DemoReply(status, JsonNodeFactory.instance.objectNode().put("detail", detail));
    }

    /** Sends the response; the caller closes the exchange. */
    void send(HttpExchange exchange) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}

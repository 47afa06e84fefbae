package dev.freshet.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An HTTP response.
 *
 * @param status status code, 100 to 599
 * @param headers values of each header by name
 * @param body the body, owned by this value
 */
@SuppressWarnings("ArrayRecordComponent")
public record HttpReply(int status, Map<String, List<String>> headers, byte[] body) {

    public HttpReply {
        headers = Map.copyOf(headers);
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("not an HTTP status: " + status);
        }
    }

    /** Returns a response with a text of a media type. */
    public static HttpReply of(int status, String mediaType, String text) {
        return new HttpReply(
                status,
                Map.of("Content-Type", List.of(mediaType)),
                text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a response with a tree of JSON. */
    public static HttpReply json(int status, JsonNode body) {
        return of(status, "application/json", body.toString());
    }

    /**
     * Returns a problem document (RFC 9457).
     *
     * @param code stable identifier, the last part of the problem's type
     * @param detail one sentence for people
     */
    public static HttpReply problem(int status, String code, String title, String detail) {
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.put("type", "urn:freshet:problem:" + code)
                .put("title", title)
                .put("status", status)
                .put("code", code)
                .put("detail", detail);
        return of(status, "application/problem+json", problem.toString());
    }

    /** Returns this response with one more header, or another value of it. */
    public HttpReply with(String header, String value) {
        Map<String, List<String>> all = new HashMap<>(headers);
        all.put(header, List.of(value));
        return new HttpReply(status, all, body);
    }

    /** Sends the response, without its body for HEAD; the caller closes the exchange. */
    void sendTo(HttpExchange exchange) throws IOException {
        Headers sent = exchange.getResponseHeaders();
        headers.forEach((name, values) -> sent.put(name, List.copyOf(values)));
        boolean bodiless =
                body.length == 0 || status == 204 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
        if (!bodiless) {
            // closed here, because closing the exchange drops what is not flushed if its request
            // cannot be read to the end
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }
}

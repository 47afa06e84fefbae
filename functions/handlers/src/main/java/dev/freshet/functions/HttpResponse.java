package dev.freshet.functions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response, in the form that API Gateway's REST proxy integration expects.
 *
 * <p>Every response has the header {@code Access-Control-Allow-Origin: *}, which under a proxy
 * integration the function has to set. It gives no access by itself: a request is admitted by the
 * credential that it carries, which browsers do not add on their own, and {@link CallerCheck}
 * enforces the origins of a key. {@code X-Content-Type-Options: nosniff} keeps browsers from taking
 * what a site put into a body for a script or a page.
 *
 * @param status HTTP status
 * @param contentType of the body
 * @param headers further headers, without the content type
 * @param body JSON; a text node where the content type is not JSON; null for a response without a
 *     body
 */
public record HttpResponse(
        int status, String contentType, Map<String, String> headers, @Nullable JsonNode body) {
    private static final String JSON = "application/json";

    /**
     * The response headers that pages of other origins may read, beside those that the Fetch
     * standard lists as safe; the responses of the gateway expose the same.
     */
    static final String EXPOSED = "Retry-After,ETag,Link,Freshet-Trace-Id,Server-Timing";

    private static final ObjectMapper MAPPER = new ObjectMapper(new JsonFactory());

    public HttpResponse {
        headers = Map.copyOf(headers);
    }

    /** Returns a response with a JSON body. */
    public static HttpResponse json(int status, JsonNode body) {
        return new HttpResponse(status, JSON, Map.of(), body);
    }

    /**
     * Returns a response with a text as its body.
     *
     * @param contentType other than JSON
     */
    static HttpResponse text(int status, String contentType, String body) {
        return new HttpResponse(status, contentType, Map.of(), TextNode.valueOf(body));
    }

    /** Returns a response of status 204. */
    public static HttpResponse noContent() {
        return new HttpResponse(204, JSON, Map.of(), null);
    }

    /** Returns a response of status 304, for a client that has the response already. */
    public static HttpResponse notModified() {
        return new HttpResponse(304, JSON, Map.of(), null);
    }

    /** Returns this response with an additional header. */
    public HttpResponse with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new HttpResponse(status, contentType, more, body);
    }

    /**
     * Writes the result that the proxy integration expects: {@code {statusCode, headers, body}}.
     */
    void write(OutputStream out) throws IOException {
        ObjectNode result = MAPPER.createObjectNode().put("statusCode", status);
        ObjectNode all = result.putObject("headers");
        if (body != null) {
            all.put("Content-Type", contentType);
        }
        all.put("Access-Control-Allow-Origin", "*").put("Access-Control-Expose-Headers", EXPOSED);
        all.put("X-Content-Type-Options", "nosniff");
        headers.forEach(all::put);
        result.put("body", body == null ? "" : content(body)).put("isBase64Encoded", false);
        MAPPER.writeValue(out, result);
    }

    private String content(JsonNode of) throws IOException {
        return of.isTextual() && contentType.startsWith("text/")
                ? of.textValue()
                : MAPPER.writeValueAsString(of);
    }
}

package dev.freshet.local.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * An HTTP answer.
 *
 * @param headers by name, each with its values
 * @param body the bytes, owned by this value
 */
@SuppressWarnings("ArrayRecordComponent")
public record HttpReply(int status, Map<String, List<String>> headers, byte[] body) {

    public HttpReply {
        headers = Map.copyOf(headers);
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("no HTTP status: " + status);
        }
    }

    /** A text of a media type. */
    public static HttpReply of(int status, String mediaType, String text) {
        return new HttpReply(
                status,
                Map.of("Content-Type", List.of(mediaType)),
                text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A problem document (RFC 9457).
     *
     * @param code a stable word, the last part of the problem's type
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
}

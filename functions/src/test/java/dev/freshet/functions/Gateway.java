package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Stands where API Gateway stands: wraps a request for the proxy integration, unwraps the answer.
 */
final class Gateway {
    static final ObjectMapper MAPPER = new ObjectMapper();

    /** What came back; {@code body} is missing where there was none. */
    record Answer(int status, Map<String, String> headers, JsonNode body) {
        String code() {
            return body.path("code").asText();
        }
    }

    private final RequestStreamHandler handler;

    Gateway(RequestStreamHandler handler) {
        this.handler = handler;
    }

    Answer post(String resource, String body) {
        return send(
                request("POST", resource, Map.of("Content-Type", "application/json"))
                        .put("body", body));
    }

    static ObjectNode request(String method, String resource, Map<String, String> headers) {
        ObjectNode event = MAPPER.createObjectNode();
        event.put("httpMethod", method).put("resource", resource).put("path", resource);
        event.putNull("queryStringParameters").putNull("pathParameters");
        event.set("headers", MAPPER.valueToTree(headers));
        event.putObject("requestContext").put("requestId", "request-1");
        event.put("isBase64Encoded", false);
        return event;
    }

    Answer send(ObjectNode event) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            handler.handleRequest(
                    new ByteArrayInputStream(MAPPER.writeValueAsBytes(event)), out, null);
            JsonNode answer = MAPPER.readTree(out.toByteArray());
            return new Answer(
                    answer.path("statusCode").asInt(),
                    MAPPER.convertValue(
                            answer.path("headers"),
                            MAPPER.getTypeFactory()
                                    .constructMapType(Map.class, String.class, String.class)),
                    MAPPER.readTree(answer.path("body").asText()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

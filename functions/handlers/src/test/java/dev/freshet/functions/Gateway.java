package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Caller;
import dev.freshet.access.Operation;
import dev.freshet.access.Operations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

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

    /** When requests come in. */
    static final Instant AT = Instant.parse("2026-11-25T17:00:00Z");

    /** In the form of a key's id. */
    static final String KEY_ID = "testkey00000";

    private final RequestStreamHandler handler;
    private final Caller caller;

    /** A function that answers every operation of the API in one way. */
    static HttpHandler answering(HttpHandler.OperationHandler everything) {
        return new HttpHandler() {
            @Override
            protected Map<String, OperationHandler> operations() {
                return Operations.ALL.stream()
                        .collect(Collectors.toMap(Operation::id, operation -> everything));
            }
        };
    }

    /** For a server of the site, which may do everything. */
    Gateway(RequestStreamHandler handler) {
        this(handler, new Caller.Secret(KEY_ID));
    }

    private Gateway(RequestStreamHandler handler, Caller caller) {
        this.handler = handler;
        this.caller = caller;
    }

    /** The same, for somebody else whom the authorizer let in. */
    Gateway as(Caller other) {
        return new Gateway(handler, other);
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
        event.putObject("requestContext")
                .put("requestId", "request-1")
                .put("requestTimeEpoch", AT.toEpochMilli());
        event.put("isBase64Encoded", false);
        return event;
    }

    /** Sends a request that says nothing of its caller, with what the authorizer said. */
    Answer send(ObjectNode event) {
        ObjectNode context = (ObjectNode) event.path("requestContext");
        if (caller instanceof Caller.Signed signed) {
            context.putObject("identity").put("userArn", signed.arn());
        } else {
            ObjectNode authorizer = context.putObject("authorizer").put("principalId", KEY_ID);
            caller.toContext().forEach(authorizer::put);
        }
        return sendAsItIs(event);
    }

    /** Sends a request with no more in it than it has. */
    Answer sendAsItIs(ObjectNode event) {
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

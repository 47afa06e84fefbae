package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Caller;
import dev.freshet.access.Operations;
import dev.freshet.access.Operations.Operation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A substitute for API Gateway, which wraps a request for the proxy integration and unwraps the
 * response.
 */
final class Gateway {
    static final ObjectMapper MAPPER = new ObjectMapper();

    /** A response; {@code body} is a missing node if it has none, a text if it is not JSON. */
    record Answer(int status, Map<String, String> headers, JsonNode body) {
        String code() {
            return body.path("code").asText();
        }
    }

    /** Time of arrival of all requests. */
    static final Instant AT = Instant.parse("2026-11-25T17:00:00Z");

    /** An id in the form of an access key id. */
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

    /**
     * Creates a gateway whose caller is a server of the site with a secret key, which may do
     * everything.
     */
    Gateway(RequestStreamHandler handler) {
        this(handler, new Caller.Secret(KEY_ID));
    }

    private Gateway(RequestStreamHandler handler, Caller caller) {
        this.handler = handler;
        this.caller = caller;
    }

    /** Creates a gateway whose caller is the one that the authorizer admitted. */
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

    /** Sends a request with the caller in its context, as API Gateway puts it there. */
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

    /** Sends a request with exactly the given fields. */
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
                    answer.at("/headers/Content-Type").asText().startsWith("text/")
                            ? answer.path("body")
                            : MAPPER.readTree(answer.path("body").asText()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

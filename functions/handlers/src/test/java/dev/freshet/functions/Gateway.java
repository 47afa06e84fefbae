package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
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

        /** Returns a text or number of the body by its pointer. */
        String at(String pointer) {
            return body.at(pointer).asText();
        }

        /** Asserts that the response is a problem of this kind. */
        void assertProblem(int wanted, String code) {
            assertThat(status + " " + code()).as("%s", body).isEqualTo(wanted + " " + code);
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

    /** Sends a request given as text, as {@link #event} reads it. */
    Answer ask(String request) {
        return send(event(request));
    }

    /** Sends a request with a JSON body. */
    Answer ask(String request, String json) {
        return ask(request + "\nContent-Type: application/json\n\n" + json);
    }

    /**
     * Returns the event that API Gateway makes of a request given as text: method and path, headers
     * in the lines below, and the body behind an empty line.
     */
    static ObjectNode event(String text) {
        String[] parts = text.split("\n\n", 2);
        String[] lines = parts[0].split("\n", 100);
        String[] line = lines[0].split(" ", 2);
        String[] target = (line.length == 1 ? "/" : line[1]).split("\\?", 2);
        String template = template(target[0]);
        ObjectNode event = MAPPER.createObjectNode();
        event.put("httpMethod", line[0]).put("resource", template).put("path", target[0]);
        if (template.contains("{")) {
            String name = template.substring(template.indexOf('{') + 1, template.indexOf('}'));
            event.putObject("pathParameters").put(name, target[0].split("/", 5)[3]);
        } else {
            event.putNull("pathParameters");
        }
        ObjectNode query = event.putObject("queryStringParameters");
        Map<String, List<String>> every = new LinkedHashMap<>();
        for (String pair : (target.length == 1 ? "" : target[1]).split("&", 64)) {
            String[] both = pair.split("=", 2);
            query.put(both[0], both.length == 1 ? "" : both[1]);
            every.computeIfAbsent(both[0], name -> new ArrayList<>())
                    .add(both.length == 1 ? "" : both[1]);
        }
        event.set("multiValueQueryStringParameters", MAPPER.valueToTree(every));
        if (target.length == 1) {
            event.putNull("queryStringParameters").putNull("multiValueQueryStringParameters");
        }
        ObjectNode headers = event.putObject("headers");
        for (int at = 1; at < lines.length; at++) {
            String[] both = lines[at].split(": ", 2);
            headers.put(both[0], both.length == 1 ? "" : both[1]);
        }
        event.putObject("requestContext")
                .put("requestId", "request-1")
                .put("requestTimeEpoch", Gateway.AT.toEpochMilli());
        event.put("body", parts.length == 1 ? null : parts[1]).put("isBase64Encoded", false);
        return event;
    }

    /**
     * Returns the route of a path, as API Gateway matches it; {@code /v1/nothing} if none matches.
     */
    private static String template(String path) {
        return Operations.ALL.stream()
                .map(Operation::path)
                .filter(route -> path.matches(route.replaceAll("\\{[a-z]+}", "[^/]+")))
                .min(Comparator.comparing(route -> route.contains("{")))
                .orElse("/v1/nothing");
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

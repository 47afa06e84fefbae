package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.type.TypeReference;
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

        /**
         * Asserts what a response has: each argument, or line of one, is its status and code, a
         * header as {@code NAME: VALUE}, a value of the body as {@code POINTER = VALUE} or the size
         * of one as {@code #POINTER = N}. The whole body is {@code body}, a missing value {@code
         * -}; a value other than a text is JSON.
         */
        void assertHas(String... wanted) {
            List<String> lines = String.join("\n", wanted).lines().toList();
            assertThat(lines.stream().map(this::actual).toList())
                    .as("%s", body)
                    .isNotEmpty()
                    .isEqualTo(lines);
        }

        /** Returns the line with what this response has in place of what is expected. */
        private String actual(String line) {
            int equal = line.indexOf(" = ");
            int colon = line.indexOf(": ");
            if (equal < 0 && colon < 0) {
                return line.contains(" ") ? status + " " + code() : String.valueOf(status);
            }
            if (equal < 0) {
                String name = line.substring(0, colon);
                return name + ": " + headers.get(name);
            }
            String name = line.substring(0, equal);
            JsonNode value = body.at(name.equals("body") ? "" : name.replace("#", ""));
            Object shown = value.isMissingNode() ? "-" : value.isTextual() ? value.asText() : value;
            return name + " = " + (name.startsWith("#") ? value.size() : shown);
        }
    }

    /** Time of arrival of all requests. */
    static final Instant AT = Instant.parse("2026-11-25T17:00:00Z");

    /** An id in the form of an access key id. */
    static final String KEY_ID = "testkey00000";

    /** An anonymous id with the least number of characters. */
    static final String VISITOR = "anon-0123456789abcdefghijkl";

    /** A page with a key for all origins. */
    static final Caller PAGE = new Caller.Publishable(KEY_ID, List.of());

    private final RequestStreamHandler handler;
    private final Caller caller;

    /** Returns a user with a token of ten minutes. */
    static Caller user(String id) {
        return new Caller.User(id, KEY_ID, AT.plusSeconds(600));
    }

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
        return ask(withJson(request, json));
    }

    private static String withJson(String request, String json) {
        return request + "\nContent-Type: application/json\n\n" + json;
    }

    /** Returns the text of a request that is one line, {@code METHOD TARGET BODY}. */
    static String text(String line) {
        String[] parts = line.split(" ", 3);
        return parts.length < 3 ? line : withJson(parts[0] + " " + parts[1], parts[2]);
    }

    /**
     * Sends requests, each a line {@code METHOD TARGET BODY -> STATUS CODE}, and asserts how they
     * are answered. The body is JSON or left out; a code is that of a problem document, of which a
     * detail is asserted too.
     */
    void assertAnswers(String lines) {
        List<String> found = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            String request = line.substring(0, line.lastIndexOf(" -> "));
            Answer answer = ask(text(request));
            found.add(request + " -> " + (answer.status() + " " + answer.code()).strip());
            if (answer.status() >= 400) {
                assertThat(answer.headers())
                        .as(line)
                        .containsEntry("Content-Type", Problem.CONTENT_TYPE);
                assertThat(answer.at("/detail"))
                        .as(line)
                        .isNotBlank()
                        .doesNotContain("Exception", ".java", "jackson");
            }
        }
        assertThat(found).isNotEmpty().isEqualTo(lines.lines().toList());
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
            int at = List.of(template.split("/", 9)).indexOf("{" + name + "}");
            event.putObject("pathParameters").put(name, target[0].split("/", 9)[at]);
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

    /** Returns the event of the schedule that keeps a snapshot. */
    static ObjectNode scheduled() {
        return MAPPER.createObjectNode()
                .put("source", "aws.events")
                .put("detail-type", "Scheduled Event");
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
                    MAPPER.convertValue(answer.path("headers"), new TypeReference<>() {}),
                    answer.at("/headers/Content-Type").asText().startsWith("text/")
                            ? answer.path("body")
                            : MAPPER.readTree(answer.path("body").asText()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

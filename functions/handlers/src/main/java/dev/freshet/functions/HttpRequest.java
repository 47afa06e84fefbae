package dev.freshet.functions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.access.Caller;
import dev.freshet.event.TraceId;
import dev.freshet.functions.Problem.ProblemException;
import dev.freshet.json.Identifier;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import dev.freshet.query.InvalidQueryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An HTTP request, as API Gateway's REST proxy integration passes it to a function.
 *
 * @param requestId the gateway's id of the request
 * @param trace id under which all logs have the request
 * @param caller the authenticated caller
 * @param method in upper case
 * @param resource the route with its parameters: {@code /v1/items/{id}/similar}
 * @param headers by lower-case name
 * @param query query parameters with the last value of each, decoded
 * @param everyQuery query parameters with all values of each, decoded
 * @param pathParameters decoded
 * @param body empty if there is none
 * @param timeLeft time until the function is stopped, measured at arrival
 */
public record HttpRequest(
        String requestId,
        Optional<TraceId> trace,
        Caller caller,
        String method,
        String resource,
        Map<String, String> headers,
        Map<String, String> query,
        Map<String, List<String>> everyQuery,
        Map<String, String> pathParameters,
        byte[] body,
        Duration timeLeft) {
    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    /**
     * A mapper whose longest string exceeds the gateway's limit of 10 MB for a body, which arrives
     * as one escaped string.
     */
    private static final ObjectMapper MAPPER =
            new ObjectMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxStringLength(16 << 20)
                                            .build())
                            .build());

    public HttpRequest {
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
        everyQuery = Map.copyOf(everyQuery);
        pathParameters = Map.copyOf(pathParameters);
    }

    /** Parses the integration's event, which the gateway guarantees to be JSON. */
    static JsonNode event(InputStream in) throws IOException {
        return MAPPER.readTree(in);
    }

    /** Returns the gateway's id of the request in an event. */
    static String requestId(JsonNode event) {
        return event.path("requestContext").path("requestId").asText("unknown");
    }

    /**
     * Returns the trace that a request belongs to: its caller's own ({@code traceparent}),
     * otherwise that of X-Ray, which API Gateway adds, otherwise one derived from the gateway's id
     * of the request.
     */
    static Optional<TraceId> trace(JsonNode event) {
        String traceparent = "";
        String xray = "";
        for (Map.Entry<String, JsonNode> header : event.path("headers").properties()) {
            switch (header.getKey().toLowerCase(Locale.ROOT)) {
                case "traceparent" -> traceparent = text(header.getValue());
                case "x-amzn-trace-id" -> xray = text(header.getValue());
                default -> {}
            }
        }
        Optional<TraceId> own = TraceId.ofTraceparent(traceparent);
        Optional<TraceId> edge = own.isPresent() ? own : TraceId.ofXray(xray);
        return edge.isPresent() ? edge : TraceId.ofRequest(requestId(event));
    }

    /**
     * Extracts the request from the integration's event.
     *
     * @throws ProblemException 400 if the body, a path parameter or a query parameter is not
     *     well-formed text
     */
    static HttpRequest of(JsonNode event, Caller caller, Duration timeLeft) {
        Map<String, String> headers = new HashMap<>();
        event.path("headers")
                .properties()
                .forEach(h -> headers.put(h.getKey().toLowerCase(Locale.ROOT), text(h.getValue())));
        return new HttpRequest(
                requestId(event),
                trace(event),
                caller,
                event.path("httpMethod").asText("").toUpperCase(Locale.ROOT),
                event.path("resource").asText(event.path("path").asText("")),
                headers,
                texts(event.path("queryStringParameters")),
                everyQuery(event),
                PercentEncoding.decoded(texts(event.path("pathParameters"))),
                body(event),
                timeLeft);
    }

    /**
     * Checks that the request has no query parameter.
     *
     * @throws InvalidQueryException if it has one
     */
    void requireNoParameters() {
        if (!query.isEmpty()) {
            throw new InvalidQueryException(
                    "unknown-parameter", "This route has no parameters; leave them out.");
        }
    }

    /** Returns a header by its name, in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Returns the last value of a query parameter. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /**
     * Returns a parameter of the path.
     *
     * @throws ProblemException 400 if the route has none of that name
     */
    public String pathParameter(String name) {
        String value = pathParameters.get(name);
        if (value == null || value.isEmpty()) {
            throw ProblemException.of(
                    400, "missing-path-parameter", "The path has no " + name + ".");
        }
        return value;
    }

    /**
     * Returns the id of the path.
     *
     * @param code of the problem if it breaks the rule
     * @throws ProblemException 400 if it breaks the rule
     */
    String id(Identifier rule, String code) {
        return id(pathParameter("id"), rule, code, "id");
    }

    /**
     * Returns an id as it is.
     *
     * @param name of the id in the request
     * @throws ProblemException 400 if it breaks the rule
     */
    static String id(String id, Identifier rule, String code, String name) {
        if (!rule.accepts(id)) {
            throw ProblemException.of(400, code, name + " must be a text of " + rule.rule() + ".");
        }
        return id;
    }

    /**
     * Returns the body of a request that has to carry JSON.
     *
     * @param maxBytes the route's limit
     * @throws ProblemException 415 for another content type, 413 beyond the limit, 400 if empty
     */
    public byte[] jsonBytes(int maxBytes) {
        return bytes(maxBytes, List.of(JSON));
    }

    private byte[] bytes(int maxBytes, List<String> types) {
        String type = header("content-type").orElse("").split(";", 2)[0].strip();
        if (types.stream().noneMatch(type::equalsIgnoreCase)) {
            throw ProblemException.of(
                    415,
                    "unsupported-media-type",
                    "Send the body as JSON, with Content-Type: "
                            + String.join(" or ", types)
                            + ".");
        }
        if (body.length > maxBytes) {
            throw ProblemException.of(
                    413,
                    "body-too-large",
                    "The body has %,d bytes; this route accepts %,d. Send it in parts."
                            .formatted(body.length, maxBytes));
        }
        if (body.length == 0) {
            throw ProblemException.of(400, "not-json", "The body is empty; send JSON.");
        }
        return body;
    }

    /**
     * Returns the body as JSON.
     *
     * @throws ProblemException as {@link #jsonBytes}, and 400 if it is not JSON
     */
    public JsonNode json(int maxBytes) {
        return StrictJson.withoutNulls(read(jsonBytes(maxBytes)));
    }

    /**
     * Returns the body of a request that has to carry a JSON merge patch (RFC 7396), as that or as
     * JSON.
     *
     * @throws ProblemException as {@link #json}
     */
    public JsonNode mergePatch(int maxBytes) {
        return read(bytes(maxBytes, List.of(MERGE_PATCH, JSON)));
    }

    private static JsonNode read(byte[] body) {
        try {
            return StrictJson.readWithNulls(body);
        } catch (MalformedJsonException malformed) {
            throw ProblemException.of(400, malformed.code(), malformed.detail());
        }
    }

    private static byte[] body(JsonNode event) {
        String body = event.path("body").asText("");
        try {
            if (event.path("isBase64Encoded").asBoolean()) {
                return Base64.getDecoder().decode(body);
            }
            return PercentEncoding.utf8(body);
        } catch (CharacterCodingException | IllegalArgumentException malformed) {
            throw ProblemException.of(400, "not-json", "The body is not well-formed UTF-8.");
        }
    }

    /**
     * Returns all values of each query parameter. The gateway passes a map with the last value of
     * each parameter, and one with all values.
     */
    private static Map<String, List<String>> everyQuery(JsonNode event) {
        Map<String, List<String>> every = new HashMap<>();
        texts(event.path("queryStringParameters"))
                .forEach((name, value) -> every.put(name, new ArrayList<>(List.of(value))));
        event.path("multiValueQueryStringParameters")
                .properties()
                .forEach(
                        parameter -> {
                            List<String> values =
                                    every.computeIfAbsent(
                                            parameter.getKey(), name -> new ArrayList<>());
                            parameter.getValue().forEach(value -> values.add(text(value)));
                        });
        PercentEncoding.checkDecoded(every);
        return every;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties().forEach(p -> texts.put(p.getKey(), text(p.getValue())));
        return texts;
    }

    private static String text(JsonNode value) {
        return value.asText("");
    }

    /**
     * The country and region in the headers of CloudFront. They are believed only where the owner
     * of the stack says that CloudFront sets them: without it, they are what the caller wrote.
     *
     * @param believed whether every request passes CloudFront
     */
    record ViewerLocation(boolean believed) {
        private static final String COUNTRY = "CloudFront-Viewer-Country";
        private static final String REGION = "CloudFront-Viewer-Country-Region";

        /** Returns the country of a request, two capital letters. */
        Optional<String> country(HttpRequest request) {
            return header(request, COUNTRY, "[A-Z]{2}");
        }

        /** Returns the region of a request within its country. */
        Optional<String> region(HttpRequest request) {
            return header(request, REGION, "[A-Z0-9]{1,3}");
        }

        private Optional<String> header(HttpRequest request, String name, String form) {
            return believed
                    ? request.header(name).filter(value -> value.matches(form))
                    : Optional.empty();
        }
    }

    /**
     * Percent-encoding of UTF-8 (RFC 3986), decoded strictly: bytes that are not UTF-8 are refused
     * and not replaced by U+FFFD, because a replacement would make one id of two.
     */
    static final class PercentEncoding {
        private static final char REPLACEMENT = '\ufffd';

        private PercentEncoding() {}

        /**
         * Decodes path parameters, which a REST API passes on as they were sent.
         *
         * @throws ProblemException 400 if one is not UTF-8 in percent-encoding
         */
        static Map<String, String> decoded(Map<String, String> parameters) {
            Map<String, String> decoded = new HashMap<>();
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                try {
                    decoded.put(parameter.getKey(), decode(parameter.getValue()));
                } catch (CharacterCodingException malformed) {
                    throw ProblemException.of(
                            400,
                            "bad-path-parameter",
                            "The "
                                    + parameter.getKey()
                                    + " in the path is not UTF-8 in percent-encoding.");
                }
            }
            return decoded;
        }

        /**
         * Checks query parameters, which a REST API passes on decoded, so that their bytes are not
         * known here. U+FFFD is what decoders put in place of bytes that are not UTF-8.
         *
         * @throws ProblemException 400 if a name or a value holds U+FFFD
         */
        static void checkDecoded(Map<String, List<String>> parameters) {
            boolean replaced =
                    parameters.entrySet().stream()
                            .flatMap(
                                    parameter ->
                                            Stream.concat(
                                                    Stream.of(parameter.getKey()),
                                                    parameter.getValue().stream()))
                            .anyMatch(text -> text.indexOf(REPLACEMENT) >= 0);
            if (replaced) {
                throw ProblemException.of(
                        400,
                        "bad-parameters",
                        "A query parameter is not UTF-8 in percent-encoding, or holds U+FFFD.");
            }
        }

        /**
         * Decodes a text; characters other than {@code %} stand for themselves, {@code +} too.
         *
         * @throws CharacterCodingException if a {@code %} is not followed by two hexadecimal
         *     digits, or the bytes are not UTF-8
         */
        static String decode(String text) throws CharacterCodingException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
            int from = 0;
            for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', from)) {
                bytes.writeBytes(utf8(text.substring(from, at)));
                bytes.write(octet(text, at));
                from = at + 3;
            }
            bytes.writeBytes(utf8(text.substring(from)));
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        }

        static byte[] utf8(String text) throws CharacterCodingException {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        }

        private static int octet(String text, int at) throws CharacterCodingException {
            if (at + 2 >= text.length()
                    || !HexFormat.isHexDigit(text.charAt(at + 1))
                    || !HexFormat.isHexDigit(text.charAt(at + 2))) {
                throw new MalformedInputException(1);
            }
            return HexFormat.fromHexDigits(text, at + 1, at + 3);
        }
    }
}

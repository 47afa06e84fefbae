package dev.freshet.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.host.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Responses that the gateway sends without a function. Refusals are those of the document's {@code
 * x-amazon-apigateway-gateway-responses}, or a default problem document for a kind that the
 * document lacks; answers to CORS preflight requests are from the document's mock integrations, or
 * for an HTTP API from its CORS configuration.
 */
final class GatewayResponses {
    private static final String RESPONSE_HEADER = "gatewayresponse.header.";
    private static final String METHOD_HEADER = "method.response.header.";

    private final JsonNode api;
    private final JsonNode cors;
    private final JsonNode responses;
    private final Map<String, List<String>> headers = new HashMap<>();

    GatewayResponses(JsonNode api) {
        this.api = api;
        this.cors = api.path("x-amazon-apigateway-cors");
        this.responses = api.path("x-amazon-apigateway-gateway-responses");
        headers.put("Content-Type", List.of("application/problem+json"));
        headers.put("Access-Control-Allow-Origin", List.of("*"));
        if (cors.has("exposeHeaders")) {
            headers.put("Access-Control-Expose-Headers", joined(cors.path("exposeHeaders")));
        }
    }

    /**
     * The kinds of responses in use, named as in API Gateway, each with the default for documents
     * that lack it.
     */
    enum Kind {
        RESOURCE_NOT_FOUND(
                404,
                "no-route",
                "There is no such route. See the API's OpenAPI document for its routes."),
        METHOD_NOT_ALLOWED(405, "no-method", "The route does not have this method."),
        REQUEST_TOO_LARGE(413, "too-large", "The request exceeds 10 MB; send less at once."),
        UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "Send the body as application/json."),
        UNAUTHORIZED(
                401, "unauthorized", "Send a key or token that is valid as Authorization: Bearer."),
        ACCESS_DENIED(403, "not-permitted", "This credential may not call this route."),
        INVALID_API_KEY(403, "not-permitted", "This credential may not call this route."),
        HEADERS_TOO_LARGE(
                431,
                "headers-too-large",
                "The request line and headers exceed 10,240 bytes in all."),
        BAD_REQUEST_BODY(
                400,
                "bad-body",
                "Send a JSON object with the members that the route requires, such as events, items or itemIds."),
        THROTTLED(429, "throttled", "The service is busy; try again in a moment."),
        AUTHORIZER_FAILURE(
                503,
                "authorizer-failed",
                "The credential could not be checked; sending the request again is safe."),
        AUTHORIZER_CONFIGURATION_ERROR(
                503,
                "authorizer-failed",
                "The credential could not be checked; sending the request again is safe."),
        INTEGRATION_FAILURE(
                502, "function-failed", "The service failed; sending the request again is safe."),
        INTEGRATION_TIMEOUT(
                504, "timed-out", "The answer took too long; sending the request again is safe.");

        private final int status;
        private final String code;
        private final String detail;

        Kind(int status, String code, String detail) {
            this.status = status;
            this.code = code;
            this.detail = detail;
        }
    }

    /** Returns the refusal of a request. */
    HttpReply of(Kind kind, String requestId) {
        JsonNode response = responses.path(kind.name());
        String template = response.path("responseTemplates").path("application/json").asText("");
        if (template.isEmpty()) {
            HttpReply ours =
                    HttpReply.problem(
                            kind.status, kind.code, kind.code.replace('-', ' '), kind.detail);
            return new HttpReply(ours.status(), headers, ours.body());
        }
        Map<String, List<String>> all = new HashMap<>(headers);
        response.path("responseParameters")
                .forEachEntry(
                        (name, value) ->
                                all.put(
                                        name.replace(RESPONSE_HEADER, ""),
                                        List.of(value.asText().replace("'", ""))));
        return new HttpReply(
                response.path("statusCode").asInt(kind.status),
                all,
                template.replace("$context.requestId", requestId).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the answer to a preflight request for a path of the document, if the document
     * describes one.
     */
    Optional<HttpReply> preflight(String pathTemplate) {
        JsonNode path = api.path("paths").path(pathTemplate);
        JsonNode response = path.at("/options/x-amazon-apigateway-integration/responses/default");
        if (response.isMissingNode()) {
            return cors.isObject() && !path.isMissingNode()
                    ? Optional.of(new HttpReply(204, configured(), new byte[0]))
                    : Optional.empty();
        }
        Map<String, List<String>> sent = new HashMap<>();
        response.path("responseParameters")
                .forEachEntry(
                        (name, node) -> {
                            String value = node.asText();
                            if (name.startsWith(METHOD_HEADER)
                                    && value.startsWith("'")
                                    && value.endsWith("'")) {
                                sent.put(
                                        name.substring(METHOD_HEADER.length()),
                                        List.of(value.substring(1, value.length() - 1)));
                            }
                        });
        return Optional.of(
                new HttpReply(response.path("statusCode").asInt(204), sent, new byte[0]));
    }

    private Map<String, List<String>> configured() {
        return Map.of(
                "Access-Control-Allow-Origin", joined(cors.path("allowOrigins")),
                "Access-Control-Allow-Methods", joined(cors.path("allowMethods")),
                "Access-Control-Allow-Headers", joined(cors.path("allowHeaders")),
                "Access-Control-Max-Age", List.of(cors.path("maxAge").asText()));
    }

    private static List<String> joined(JsonNode values) {
        return List.of(String.join(",", texts(values)));
    }

    /** Returns the entries of a list as text. */
    static List<String> texts(JsonNode values) {
        return values.valueStream().map(JsonNode::asText).toList();
    }
}

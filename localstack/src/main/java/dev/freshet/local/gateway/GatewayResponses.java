package dev.freshet.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Responses that the gateway sends without a function: those of the document's {@code
 * x-amazon-apigateway-gateway-responses}, or a default problem document for a kind that the
 * document lacks.
 */
final class GatewayResponses {

    private static final Map<String, List<String>> HEADERS =
            Map.of(
                    "Content-Type",
                    List.of("application/problem+json"),
                    "Access-Control-Allow-Origin",
                    List.of("*"));

    private static final String RESPONSE_HEADER = "gatewayresponse.header.";

    private final JsonNode responses;
    private final Map<String, List<String>> headers;

    GatewayResponses(JsonNode api) {
        this.responses = api.path("x-amazon-apigateway-gateway-responses");
        this.headers = new HashMap<>(HEADERS);
        String exposed = Preflight.exposed(api);
        if (!exposed.isEmpty()) {
            headers.put("Access-Control-Expose-Headers", List.of(exposed));
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
        BAD_REQUEST_BODY(400, "bad-body", "The body is not JSON, or lacks a required member."),
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
                .properties()
                .forEach(
                        parameter ->
                                all.put(
                                        parameter.getKey().replace(RESPONSE_HEADER, ""),
                                        List.of(parameter.getValue().asText().replace("'", ""))));
        String body = template.replace("$context.requestId", requestId);
        int status =
                Integer.parseInt(response.path("statusCode").asText(Integer.toString(kind.status)));
        return new HttpReply(status, all, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}

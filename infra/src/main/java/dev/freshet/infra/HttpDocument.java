package dev.freshet.infra;

import static dev.freshet.infra.ApiDocument.copy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The OpenAPI document as an HTTP API can take it, made from {@link ApiDocument} by rule:
 *
 * <ul>
 *   <li>An operation keeps its id, its summary and its integration. An HTTP API checks neither
 *       parameters nor bodies.
 *   <li>Preflights become the API's CORS configuration, with the methods and headers that the
 *       document's preflight allows and the headers that its gateway responses expose; an HTTP API
 *       has no mock integrations, and replaces the CORS headers of functions by its own.
 *   <li>The authorizer becomes one of requests, in payload format 1.0, whose answer is cached by
 *       the header {@code Authorization}.
 * </ul>
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html">OpenAPI
 *     definitions of HTTP APIs</a>
 */
final class HttpDocument {
    private static final String EXTENSION = "x-amazon-apigateway-";
    private static final String PREFLIGHT = "method.response.header.Access-Control-";
    private static final String EXPOSED = "gatewayresponse.header.Access-Control-Expose-Headers";
    private static final String FORMAT = "1.0";

    private HttpDocument() {}

    /**
     * Returns the document.
     *
     * @param name the name of the API
     * @param cacheSeconds how long an answer of the authorizer is cached
     * @param uriOfFunction from a function's name in the document to the URI of its integration
     */
    static ObjectNode of(
            ApiDocument document,
            String name,
            int cacheSeconds,
            UnaryOperator<String> uriOfFunction) {
        ObjectNode made = copy(document.root(), "openapi");
        made.putObject("info")
                .put("title", name)
                .set("version", document.root().at("/info/version"));
        ObjectNode cors = made.putObject(EXTENSION + "cors");
        ObjectNode paths = made.putObject("paths");
        document.operations(
                (path, method, operation) -> {
                    ObjectNode operations = paths.withObjectProperty(path);
                    if (method.equals("options")) {
                        cors(cors, operation, document);
                    } else {
                        operations.set(method, operation(operation, uriOfFunction));
                    }
                });
        made.withObject("/components/securitySchemes/freshet")
                .put("type", "apiKey")
                .put("name", "Authorization")
                .put("in", "header")
                .putObject(EXTENSION + "authorizer")
                .put("type", "request")
                .put("identitySource", "$request.header.Authorization")
                .put("authorizerUri", uriOfFunction.apply("authorize"))
                .put("authorizerPayloadFormatVersion", FORMAT)
                .put("authorizerResultTtlInSeconds", cacheSeconds);
        return made;
    }

    private static ObjectNode operation(JsonNode from, UnaryOperator<String> uriOfFunction) {
        ObjectNode operation = copy(from, "operationId", "summary");
        operation.putArray("security").addObject().putArray("freshet");
        operation
                .putObject("responses")
                .putObject("default")
                .put("description", "See docs/api.md.");
        String function = ApiDocument.name(from.path(ApiDocument.INTEGRATION).path("uri").asText());
        operation
                .putObject(ApiDocument.INTEGRATION)
                .put("type", "aws_proxy")
                .put("httpMethod", "POST")
                .put("uri", uriOfFunction.apply(function))
                .put("payloadFormatVersion", FORMAT);
        return operation;
    }

    private static void cors(ObjectNode cors, JsonNode preflight, ApiDocument document) {
        JsonNode allowed =
                preflight.path(ApiDocument.INTEGRATION).at("/responses/default/responseParameters");
        JsonNode own =
                document.root()
                        .path(EXTENSION + "gateway-responses")
                        .at("/DEFAULT_4XX/responseParameters");
        cors.putArray("allowOrigins").add("*");
        add(cors, "allowMethods", allowed.path(PREFLIGHT + "Allow-Methods"));
        add(cors, "allowHeaders", allowed.path(PREFLIGHT + "Allow-Headers"));
        add(cors, "exposeHeaders", own.path(EXPOSED));
        cors.put("maxAge", Integer.parseInt(unquoted(allowed.path(PREFLIGHT + "Max-Age"))));
    }

    private static void add(ObjectNode cors, String member, JsonNode names) {
        List.of(unquoted(names).split(",", -1)).forEach(cors.putArray(member)::add);
    }

    private static String unquoted(JsonNode value) {
        return value.asText().replace("'", "");
    }
}

package dev.freshet.infra;

import static dev.freshet.infra.ApiDocument.map;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    static Map<String, Object> of(
            ApiDocument document,
            String name,
            int cacheSeconds,
            UnaryOperator<String> uriOfFunction) {
        Map<String, Object> paths = new LinkedHashMap<>();
        Map<String, Object> preflight = new LinkedHashMap<>();
        map(document.root().get("paths"))
                .forEach(
                        (path, item) -> {
                            Map<String, Object> operations = new LinkedHashMap<>();
                            ApiDocument.operations(map(item))
                                    .forEach(
                                            (method, operation) -> {
                                                if (method.equals("options")) {
                                                    preflight.putAll(operation);
                                                } else {
                                                    operations.put(
                                                            method,
                                                            operation(operation, uriOfFunction));
                                                }
                                            });
                            paths.put(path, operations);
                        });
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("openapi", document.root().get("openapi"));
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("title", name);
        info.put("version", map(document.root().get("info")).get("version"));
        root.put("info", info);
        root.put(EXTENSION + "cors", cors(preflight, document));
        root.put("paths", paths);
        root.put(
                "components",
                Map.of(
                        "securitySchemes",
                        Map.of("freshet", scheme(cacheSeconds, uriOfFunction.apply("authorize")))));
        return root;
    }

    private static Map<String, Object> operation(
            Map<String, Object> from, UnaryOperator<String> uriOfFunction) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", from.get("operationId"));
        operation.put("summary", from.get("summary"));
        operation.put("security", List.of(Map.of("freshet", List.of())));
        operation.put("responses", Map.of("default", Map.of("description", "See docs/api.md.")));
        String function =
                ApiDocument.name(String.valueOf(map(from.get(ApiDocument.INTEGRATION)).get("uri")));
        Map<String, Object> integration = new LinkedHashMap<>();
        integration.put("type", "aws_proxy");
        integration.put("httpMethod", "POST");
        integration.put("uri", uriOfFunction.apply(function));
        integration.put("payloadFormatVersion", FORMAT);
        operation.put(ApiDocument.INTEGRATION, integration);
        return operation;
    }

    private static Map<String, Object> scheme(int cacheSeconds, String uri) {
        Map<String, Object> authorizer = new LinkedHashMap<>();
        authorizer.put("type", "request");
        authorizer.put("identitySource", "$request.header.Authorization");
        authorizer.put("authorizerUri", uri);
        authorizer.put("authorizerPayloadFormatVersion", FORMAT);
        authorizer.put("authorizerResultTtlInSeconds", cacheSeconds);
        Map<String, Object> scheme = new LinkedHashMap<>();
        scheme.put("type", "apiKey");
        scheme.put("name", "Authorization");
        scheme.put("in", "header");
        scheme.put(EXTENSION + "authorizer", authorizer);
        return scheme;
    }

    private static Map<String, Object> cors(Map<String, Object> preflight, ApiDocument document) {
        Map<String, Object> responses =
                map(
                        map(map(map(preflight.get(ApiDocument.INTEGRATION)).get("responses"))
                                        .get("default"))
                                .get("responseParameters"));
        Map<String, Object> cors = new LinkedHashMap<>();
        cors.put("allowOrigins", List.of("*"));
        cors.put("allowMethods", values(responses, PREFLIGHT + "Allow-Methods"));
        cors.put("allowHeaders", values(responses, PREFLIGHT + "Allow-Headers"));
        cors.put("exposeHeaders", values(ownResponse(document), EXPOSED));
        cors.put("maxAge", Integer.parseInt(values(responses, PREFLIGHT + "Max-Age").getFirst()));
        return cors;
    }

    private static Map<String, Object> ownResponse(ApiDocument document) {
        return map(
                map(map(document.root().get(EXTENSION + "gateway-responses")).get("DEFAULT_4XX"))
                        .get("responseParameters"));
    }

    private static List<String> values(Map<String, Object> responses, String name) {
        String quoted = String.valueOf(responses.get(name));
        return List.of(quoted.replace("'", "").split(",", -1));
    }
}

package dev.freshet.infra;

import static dev.freshet.infra.ApiDocument.map;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The OpenAPI document as API Gateway can take it, made from {@link ApiDocument} by rule:
 *
 * <ul>
 *   <li>A request body keeps its envelope only: its members' names and types, and which are
 *       required. API Gateway would refuse a whole request for one bad event, and does not import
 *       schemas that refer to themselves.
 *   <li>Answers keep their status, sentence and headers; API Gateway does not check their bodies.
 *   <li>References to parameters and answers are written out; API Gateway follows those to schemas
 *       only.
 *   <li>{@code ${function}} in an integration or an authorizer becomes the URI of that function's
 *       alias.
 *   <li>Every operation with a permission, which is every one but the preflights, requires what the
 *       {@link Api.Variant} requires: the authorizer's consent and a usage key, which the
 *       authorizer names too, so that usage plans count; or a signature. The permission itself is
 *       not given to API Gateway: the authorizer's policy enforces it.
 * </ul>
 *
 * <p>The order of members is the document's, on every machine: the template's bytes depend on it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html">API
 *     Gateway, important notes</a>
 */
final class GatewayDocument {
    private static final String EXTENSION = "x-amazon-apigateway-";
    private static final String TEXT = "string";

    /** Wanted of every request, and named by the authorizer; no caller sends this header. */
    private static final Map<String, Object> USAGE_KEY =
            Map.of("type", "apiKey", "name", "x-api-key", "in", "header");

    private static final String AUTHORIZER = EXTENSION + "authorizer";

    private final ApiDocument document;
    private final Api.Variant variant;
    private final int cacheSeconds;
    private final UnaryOperator<String> uriOfFunction;
    private final Map<String, Object> envelopes = new LinkedHashMap<>();

    private GatewayDocument(
            ApiDocument document,
            Api.Variant variant,
            int cacheSeconds,
            UnaryOperator<String> uriOfFunction) {
        this.document = document;
        this.variant = variant;
        this.cacheSeconds = cacheSeconds;
        this.uriOfFunction = uriOfFunction;
    }

    /**
     * @param cacheSeconds how long an answer of the authorizer is believed
     * @param uriOfFunction from a function's name in the document to the URI of its integration
     */
    static Map<String, Object> of(
            ApiDocument document,
            Api.Variant variant,
            int cacheSeconds,
            UnaryOperator<String> uriOfFunction) {
        return new GatewayDocument(document, variant, cacheSeconds, uriOfFunction).root();
    }

    private Map<String, Object> root() {
        Map<String, Object> paths = new LinkedHashMap<>();
        map(document.root().get("paths"))
                .forEach(
                        (path, item) -> {
                            Map<String, Object> operations = new LinkedHashMap<>();
                            ApiDocument.operations(map(item))
                                    .forEach(
                                            (method, operation) ->
                                                    operations.put(
                                                            method,
                                                            operation(map(item), operation)));
                            paths.put(path, operations);
                        });
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("securitySchemes", securitySchemes());
        components.put("schemas", envelopes);
        Map<String, Object> root = new LinkedHashMap<>();
        copy(document.root(), root, "openapi");
        root.put("info", info());
        document.root().keySet().stream()
                .filter(key -> key.startsWith(EXTENSION))
                .forEach(key -> copy(document.root(), root, key));
        if (variant == Api.Variant.KEYS) {
            root.put(EXTENSION + "api-key-source", "AUTHORIZER");
        }
        root.put("paths", paths);
        root.put("components", components);
        return root;
    }

    private Map<String, Object> securitySchemes() {
        Map<String, Object> all =
                map(map(document.root().get("components")).get("securitySchemes"));
        return switch (variant) {
            case SIGNED -> Map.of("sigv4", map(all.get("sigv4")));
            case KEYS -> {
                Map<String, Object> schemes = new LinkedHashMap<>();
                schemes.put("freshet", judged(map(all.get("freshet"))));
                schemes.put("api_key", new TreeMap<>(USAGE_KEY));
                yield schemes;
            }
        };
    }

    private Map<String, Object> judged(Map<String, Object> from) {
        Map<String, Object> authorizer = new LinkedHashMap<>(map(from.get(AUTHORIZER)));
        authorizer.computeIfPresent(
                "authorizerUri",
                (key, name) -> uriOfFunction.apply(ApiDocument.name(String.valueOf(name))));
        authorizer.put("authorizerResultTtlInSeconds", cacheSeconds);
        Map<String, Object> scheme = new LinkedHashMap<>(from);
        scheme.put(AUTHORIZER, authorizer);
        return scheme;
    }

    /**
     * What every operation wants that has a function behind it. OpenAPI calls the entries of such a
     * list alternatives; API Gateway wants the authorizer's word and the key, both, and writes them
     * so when it exports an API.
     */
    private List<Map<String, Object>> security() {
        return switch (variant) {
            case SIGNED -> List.of(Map.of("sigv4", List.of()));
            case KEYS -> List.of(Map.of("freshet", List.of()), Map.of("api_key", List.of()));
        };
    }

    private Map<String, Object> info() {
        Map<String, Object> info = new LinkedHashMap<>();
        copy(map(document.root().get("info")), info, "title", "version", "description");
        return info;
    }

    private Map<String, Object> operation(Map<String, Object> path, Map<String, Object> from) {
        Map<String, Object> operation = new LinkedHashMap<>();
        copy(from, operation, "operationId", "summary");
        if (from.containsKey(ApiDocument.PERMISSION)) {
            operation.put("security", security());
            List<Map<String, Object>> parameters = parameters(path, from);
            if (!parameters.isEmpty()) {
                operation.put("parameters", parameters);
            }
        }
        if (from.containsKey("requestBody")) {
            operation.put("requestBody", requestBody(map(from.get("requestBody"))));
        }
        Map<String, Object> responses = new LinkedHashMap<>();
        map(from.get("responses"))
                .forEach(
                        (status, response) ->
                                responses.put(status, response(document.resolve(map(response)))));
        operation.put("responses", responses);
        operation.put(ApiDocument.INTEGRATION, integration(map(from.get(ApiDocument.INTEGRATION))));
        return operation;
    }

    /** Returns the parameters of the path and then those of the operation. */
    private List<Map<String, Object>> parameters(
            Map<String, Object> path, Map<String, Object> operation) {
        return Stream.of(path, operation)
                .map(from -> from.get("parameters"))
                .filter(List.class::isInstance)
                .flatMap(list -> ((List<?>) list).stream())
                .map(parameter -> parameter(document.resolve(map(parameter))))
                .toList();
    }

    private static Map<String, Object> parameter(Map<String, Object> from) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        copy(from, parameter, "name", "in", "required");
        Object type = from.get("schema") instanceof Map<?, ?> schema ? schema.get("type") : TEXT;
        parameter.put("schema", Map.of("type", type == null ? TEXT : type));
        return parameter;
    }

    private Map<String, Object> requestBody(Map<String, Object> from) {
        Map<String, Object> content = new LinkedHashMap<>();
        map(from.get("content"))
                .forEach(
                        (type, value) -> {
                            Map<String, Object> schema = map(map(value).get("schema"));
                            String reference = String.valueOf(schema.get("$ref"));
                            String name = reference.substring(reference.lastIndexOf('/') + 1);
                            envelopes.put(name, envelope(document.resolve(schema)));
                            content.put(type, Map.of("schema", Map.of("$ref", reference)));
                        });
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("required", true);
        body.put("content", content);
        return body;
    }

    private Map<String, Object> envelope(Map<String, Object> schema) {
        Map<String, Object> members = new LinkedHashMap<>();
        Object properties = schema.getOrDefault("properties", Map.of());
        map(properties)
                .forEach(
                        (name, member) -> {
                            Map<String, Object> kept = new LinkedHashMap<>();
                            copy(document.resolve(map(member)), kept, "type");
                            if ("array".equals(kept.get("type"))) {
                                kept.put("items", Map.of());
                            }
                            members.put(name, kept);
                        });
        Map<String, Object> envelope = new LinkedHashMap<>();
        copy(schema, envelope, "type", "required");
        envelope.put("properties", members);
        return envelope;
    }

    private Map<String, Object> response(Map<String, Object> from) {
        Map<String, Object> response = new LinkedHashMap<>();
        copy(from, response, "description");
        if (from.containsKey("headers")) {
            Map<String, Object> headers = new LinkedHashMap<>();
            map(from.get("headers"))
                    .keySet()
                    .forEach(name -> headers.put(name, Map.of("schema", Map.of("type", TEXT))));
            response.put("headers", headers);
        }
        return response;
    }

    private Map<String, Object> integration(Map<String, Object> from) {
        Map<String, Object> integration = new LinkedHashMap<>(from);
        if (from.get("uri") instanceof String placeholder) {
            integration.put("uri", uriOfFunction.apply(ApiDocument.name(placeholder)));
        }
        return integration;
    }

    private static void copy(Map<String, Object> from, Map<String, Object> to, String... keys) {
        for (String key : keys) {
            Object value = from.get(key);
            if (value != null) {
                to.put(key, value);
            }
        }
    }
}

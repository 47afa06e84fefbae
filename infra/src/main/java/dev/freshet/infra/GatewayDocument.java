package dev.freshet.infra;

import static dev.freshet.infra.ApiDocument.JSON;
import static dev.freshet.infra.ApiDocument.copy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The OpenAPI document as API Gateway can take it, made from {@link ApiDocument} by rule:
 *
 * <ul>
 *   <li>A request body keeps its envelope only: that it is an object, and the names of its required
 *       members. API Gateway would refuse a whole request for one bad event, takes no null for a
 *       member that is left out, and does not import schemas that refer to themselves.
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
    private static final String AUTHORIZER = EXTENSION + "authorizer";

    private final ApiDocument document;
    private final Api.Variant variant;
    private final int cacheSeconds;
    private final UnaryOperator<String> uriOfFunction;
    private final ObjectNode envelopes = JSON.createObjectNode();

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
    static ObjectNode of(
            ApiDocument document,
            Api.Variant variant,
            int cacheSeconds,
            UnaryOperator<String> uriOfFunction) {
        return new GatewayDocument(document, variant, cacheSeconds, uriOfFunction).made();
    }

    private ObjectNode made() {
        ObjectNode made = copy(document.root(), "openapi");
        made.set("info", copy(document.root().path("info"), "title", "version", "description"));
        document.root()
                .forEachEntry(
                        (key, value) -> {
                            if (key.startsWith(EXTENSION)) {
                                made.set(key, value);
                            }
                        });
        // An update of the document would otherwise set them back.
        made.put(EXTENSION + "security-policy", Api.TLS);
        made.put(EXTENSION + "endpoint-access-mode", Api.ACCESS_MODE);
        if (variant == Api.Variant.KEYS) {
            made.put(EXTENSION + "api-key-source", "AUTHORIZER");
        }
        ObjectNode paths = made.putObject("paths");
        document.operations(
                (path, method, operation) -> {
                    JsonNode item = document.root().path("paths").path(path);
                    paths.withObjectProperty(path).set(method, operation(item, operation));
                });
        ObjectNode components = made.putObject("components");
        components.set("securitySchemes", securitySchemes());
        components.set("schemas", envelopes);
        return made;
    }

    private ObjectNode securitySchemes() {
        JsonNode all = document.root().at("/components/securitySchemes");
        if (variant == Api.Variant.SIGNED) {
            return copy(all, "sigv4");
        }
        ObjectNode schemes = copy(all, "freshet").deepCopy();
        ObjectNode authorizer = schemes.withObject("/freshet/" + AUTHORIZER);
        String function = ApiDocument.name(authorizer.path("authorizerUri").asText());
        authorizer.put("authorizerUri", uriOfFunction.apply(function));
        authorizer.put("authorizerResultTtlInSeconds", cacheSeconds);
        // Wanted of every request, and named by the authorizer; no caller sends this header.
        schemes.putObject("api_key")
                .put("in", "header")
                .put("name", "x-api-key")
                .put("type", "apiKey");
        return schemes;
    }

    /**
     * What every operation wants that has a function behind it. OpenAPI calls the entries of such a
     * list alternatives; API Gateway wants the authorizer's word and the key, both, and writes them
     * so when it exports an API.
     */
    private ArrayNode security() {
        ArrayNode security = JSON.createArrayNode();
        switch (variant) {
            case SIGNED -> security.addObject().putArray("sigv4");
            case KEYS -> {
                security.addObject().putArray("freshet");
                security.addObject().putArray("api_key");
            }
        }
        return security;
    }

    private ObjectNode operation(JsonNode path, JsonNode from) {
        ObjectNode operation = copy(from, "operationId", "summary");
        if (from.has(ApiDocument.PERMISSION)) {
            operation.set("security", security());
            ArrayNode parameters = JSON.createArrayNode();
            for (JsonNode of : List.of(path, from)) {
                of.path("parameters").forEach(each -> parameters.add(parameter(each)));
            }
            if (!parameters.isEmpty()) {
                operation.set("parameters", parameters);
            }
        }
        if (from.has("requestBody")) {
            operation.set("requestBody", requestBody(from.path("requestBody")));
        }
        ObjectNode responses = operation.putObject("responses");
        from.path("responses")
                .forEachEntry((status, response) -> responses.set(status, response(response)));
        operation.set(ApiDocument.INTEGRATION, integration(from.path(ApiDocument.INTEGRATION)));
        return operation;
    }

    private ObjectNode parameter(JsonNode reference) {
        JsonNode from = document.resolve(reference);
        ObjectNode parameter = copy(from, "name", "in", "required");
        JsonNode type = document.resolve(from.path("schema")).path("type");
        parameter.putObject("schema").put("type", type.asText(TEXT));
        return parameter;
    }

    private ObjectNode requestBody(JsonNode from) {
        ObjectNode body = JSON.createObjectNode().put("required", true);
        ObjectNode content = body.putObject("content");
        from.path("content")
                .forEachEntry(
                        (type, value) -> {
                            JsonNode schema = value.path("schema");
                            String reference = schema.path("$ref").asText();
                            String name = reference.substring(reference.lastIndexOf('/') + 1);
                            envelopes.set(name, copy(document.resolve(schema), "type", "required"));
                            content.putObject(type).putObject("schema").put("$ref", reference);
                        });
        return body;
    }

    private ObjectNode response(JsonNode reference) {
        JsonNode from = document.resolve(reference);
        ObjectNode response = copy(from, "description");
        if (from.has("headers")) {
            ObjectNode headers = response.putObject("headers");
            from.path("headers")
                    .fieldNames()
                    .forEachRemaining(
                            name -> headers.putObject(name).putObject("schema").put("type", TEXT));
        }
        return response;
    }

    private JsonNode integration(JsonNode from) {
        ObjectNode integration = from.deepCopy();
        if (from.path("uri").isTextual()) {
            String function = ApiDocument.name(from.path("uri").asText());
            integration.put("uri", uriOfFunction.apply(function));
        }
        return integration;
    }
}

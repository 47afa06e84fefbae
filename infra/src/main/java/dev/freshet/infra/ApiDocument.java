package dev.freshet.infra;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The OpenAPI document of the API, as it is written. */
record ApiDocument(JsonNode root) {
    static final ObjectMapper JSON = new ObjectMapper();

    static final String INTEGRATION = "x-amazon-apigateway-integration";

    /** The kinds of keys that may call an operation; see the head of the document. */
    static final String PERMISSION = "x-freshet-permission";

    /** Most uses of an anchor: each path repeats the preflight. SnakeYAML allows 50 otherwise. */
    private static final int MAX_ALIASES = 1_000;

    private static final String RESOURCE = "/openapi.yaml";
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "patch", "delete", "options");

    /**
     * One operation that a function answers.
     *
     * @param method in capitals
     * @param path with its parameters in braces
     * @param function the name in the integration's {@code ${…}}
     * @param permission the operation's {@link #PERMISSION}
     */
    record Route(
            String operationId, String method, String path, String function, String permission) {}

    /** Takes operations. */
    interface Operations {
        /** Takes an operation of a path, by its method in lower case. */
        void take(String path, String method, JsonNode operation);
    }

    /** The document that is packed with this class. */
    static ApiDocument load() {
        try (InputStream in = ApiDocument.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            LoaderOptions strict = new LoaderOptions();
            strict.setMaxAliasesForCollections(MAX_ALIASES);
            strict.setAllowDuplicateKeys(false);
            Object tree = new Yaml(new SafeConstructor(strict)).load(in);
            return new ApiDocument(JSON.valueToTree(tree));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Calls with every operation, preflights too, in the document's order. */
    void operations(Operations each) {
        root.path("paths")
                .forEachEntry(
                        (path, item) ->
                                item.forEachEntry(
                                        (method, operation) -> {
                                            if (METHODS.contains(method)) {
                                                each.take(path, method, operation);
                                            }
                                        }));
    }

    /**
     * Every operation that a function answers, in the document's order; preflights are the
     * gateway's own.
     *
     * @throws IllegalArgumentException if one of them has no permission
     */
    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        operations(
                (path, method, operation) -> {
                    JsonNode uri = operation.path(INTEGRATION).path("uri");
                    if (uri.isTextual()) {
                        routes.add(
                                new Route(
                                        operation.path("operationId").asText(),
                                        method.toUpperCase(Locale.ROOT),
                                        path,
                                        name(uri.asText()),
                                        permission(path, method, operation)));
                    }
                });
        return List.copyOf(routes);
    }

    private static String permission(String path, String method, JsonNode operation) {
        if (!operation.path(PERMISSION).isTextual()) {
            throw new IllegalArgumentException(
                    method + " " + path + " has no " + PERMISSION + " in the OpenAPI document");
        }
        return operation.path(PERMISSION).asText();
    }

    /** What {@code node} points at, if it is a reference; else the node itself. */
    JsonNode resolve(JsonNode node) {
        JsonNode at = node;
        while (at.has("$ref")) {
            at = root.at(at.path("$ref").asText().substring(1));
        }
        return at;
    }

    /** The function's name in a placeholder such as {@code ${collect}}. */
    static String name(String placeholder) {
        if (!placeholder.startsWith("${") || !placeholder.endsWith("}")) {
            throw new IllegalArgumentException(
                    "an integration's uri must be ${function}, not " + placeholder);
        }
        return placeholder.substring(2, placeholder.length() - 1);
    }

    /** Returns a document as the maps and lists that the CDK takes. */
    static Map<String, Object> plain(ObjectNode document) {
        return JSON.convertValue(document, new TypeReference<>() {});
    }

    /** Returns an object with some members of another, as far as it has them. */
    static ObjectNode copy(JsonNode from, String... members) {
        ObjectNode copy = JSON.createObjectNode();
        for (String member : members) {
            if (from.has(member)) {
                copy.set(member, from.get(member));
            }
        }
        return copy;
    }
}

package dev.freshet.infra;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The OpenAPI document of the API, as it is written: a tree of maps, lists and scalars. */
final class ApiDocument {
    /** Most uses of an anchor: each path repeats the preflight. SnakeYAML allows 50 otherwise. */
    private static final int MAX_ALIASES = 1_000;

    static final String INTEGRATION = "x-amazon-apigateway-integration";

    /** The kinds of keys that may call an operation; see the head of the document. */
    static final String PERMISSION = "x-freshet-permission";

    private static final String RESOURCE = "/openapi.yaml";
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "patch", "delete", "options");

    private final Map<String, Object> root;

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

    private ApiDocument(Map<String, Object> root) {
        this.root = root;
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
            return new ApiDocument(map(tree));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Map<String, Object> root() {
        return root;
    }

    /**
     * Every operation that a function answers, in the document's order; preflights are the
     * gateway's own.
     *
     * @throws IllegalArgumentException if one of them has no permission
     */
    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        map(root.get("paths"))
                .forEach(
                        (path, item) ->
                                operations(map(item))
                                        .forEach(
                                                (method, operation) -> {
                                                    if (map(operation.get(INTEGRATION)).get("uri")
                                                            instanceof String uri) {
                                                        routes.add(
                                                                route(
                                                                        method, path, operation,
                                                                        uri));
                                                    }
                                                }));
        return List.copyOf(routes);
    }

    private static Route route(
            String method, String path, Map<String, Object> operation, String uri) {
        if (!(operation.get(PERMISSION) instanceof String permission)) {
            throw new IllegalArgumentException(
                    method + " " + path + " has no " + PERMISSION + " in the OpenAPI document");
        }
        return new Route(
                String.valueOf(operation.get("operationId")),
                method.toUpperCase(Locale.ROOT),
                path,
                name(uri),
                permission);
    }

    /** The operations of one path, by method in lower case. */
    static Map<String, Map<String, Object>> operations(Map<String, Object> pathItem) {
        Map<String, Map<String, Object>> operations = new LinkedHashMap<>();
        pathItem.forEach(
                (key, value) -> {
                    if (METHODS.contains(key)) {
                        operations.put(key, map(value));
                    }
                });
        return operations;
    }

    /** What {@code node} points at, if it is a reference; else the node itself. */
    Map<String, Object> resolve(Map<String, Object> node) {
        Map<String, Object> at = node;
        while (at.get("$ref") instanceof String reference) {
            Object target = root;
            for (String step : reference.substring("#/".length()).split("/", -1)) {
                target = map(target).get(step);
            }
            at = map(target);
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

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object node) {
        if (node instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException(
                "expected an object in the OpenAPI document, found " + node);
    }
}

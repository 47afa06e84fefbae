package dev.freshet.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.freshet.api.FreshetClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One operation of the document with its examples.
 *
 * @param method in capitals
 * @param path with its parameters in braces
 * @param parameters those of the path and of the operation
 * @param request the content of the request body, by media type; empty without a body
 * @param status of the response that is a success
 * @param response the content of that response, by media type; empty without a body
 */
public record ApiOperation(
        String id,
        String method,
        String path,
        List<JsonNode> parameters,
        Map<String, JsonNode> request,
        int status,
        Map<String, JsonNode> response) {

    static ApiOperation of(ApiSchemas schemas, String path, JsonNode item, String method) {
        JsonNode operation = item.path(method);
        List<JsonNode> parameters = new ArrayList<>();
        Stream.of(item, operation)
                .forEach(
                        from ->
                                from.path("parameters")
                                        .forEach(each -> parameters.add(schemas.resolve(each))));
        Map.Entry<String, JsonNode> success =
                operation.path("responses").properties().stream()
                        .filter(response -> response.getKey().startsWith("2"))
                        .findFirst()
                        .orElseThrow();
        return new ApiOperation(
                operation.path("operationId").asText(),
                method.toUpperCase(Locale.ROOT),
                path,
                List.copyOf(parameters),
                contents(operation.path("requestBody")),
                Integer.parseInt(success.getKey()),
                contents(schemas.resolve(success.getValue())));
    }

    private static Map<String, JsonNode> contents(JsonNode body) {
        return body.path("content").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Returns whether a path that was requested is one of this operation. */
    public boolean matches(String requestMethod, String requested) {
        return method.equals(requestMethod)
                && Pattern.matches(path.replaceAll("\\{[^}]+}", "[^/?]+"), requested);
    }

    /** Returns the schema of the response; missing where it has no body. */
    public JsonNode responseSchema() {
        return response.isEmpty()
                ? MissingNode.getInstance()
                : response.values().iterator().next().path("schema");
    }

    /** Returns the path and query that the examples of the parameters make. */
    String target() {
        StringBuilder target = new StringBuilder(path);
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : parameters) {
            String name = parameter.path("name").asText();
            String value = FreshetClient.segment(example(parameter));
            if (parameter.path("in").asText().equals("path")) {
                int at = target.indexOf("{" + name + "}");
                target.replace(at, at + name.length() + 2, value);
            } else if (parameter.path("in").asText().equals("query") && !value.isEmpty()) {
                query.append(query.isEmpty() ? "?" : "&").append(name).append('=').append(value);
            }
        }
        return target.append(query).toString();
    }

    private static String example(JsonNode parameter) {
        JsonNode written = parameter.path("example");
        if (written.isMissingNode()) {
            written = parameter.path("content").path("application/json").path("example");
        }
        return written.isContainerNode() ? written.toString() : written.asText();
    }

    /** Returns what lacks an example, in words; nothing if all is there. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (JsonNode parameter : parameters) {
            if (parameter.path("in").asText().equals("path") && example(parameter).isEmpty()) {
                missing.add(id + ": the parameter " + parameter.path("name").asText());
            }
        }
        request.forEach(
                (type, content) -> {
                    if (!content.has("example")) {
                        missing.add(id + ": the request as " + type);
                    }
                });
        response.forEach(
                (type, content) -> {
                    if (!content.has("example")) {
                        missing.add(id + ": the response as " + type);
                    }
                });
        return missing;
    }
}

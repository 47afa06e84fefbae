package dev.freshet.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Responses to CORS preflight requests: from the document's mock integrations, or for an HTTP API
 * from its CORS configuration.
 */
final class Preflight {

    private static final String HEADER = "method.response.header.";

    private final JsonNode api;

    Preflight(JsonNode api) {
        this.api = api;
    }

    /** Returns the response for a path of the document, if the document describes one. */
    Optional<HttpReply> answer(String pathTemplate) {
        JsonNode response =
                api.path("paths")
                        .path(pathTemplate)
                        .path("options")
                        .path("x-amazon-apigateway-integration")
                        .path("responses")
                        .path("default");
        if (response.isMissingNode()) {
            JsonNode cors = api.path("x-amazon-apigateway-cors");
            return cors.isObject() && api.path("paths").has(pathTemplate)
                    ? Optional.of(new HttpReply(204, configured(cors), new byte[0]))
                    : Optional.empty();
        }
        Map<String, List<String>> headers = new HashMap<>();
        response.path("responseParameters")
                .properties()
                .forEach(
                        parameter -> {
                            String value = parameter.getValue().asText();
                            if (parameter.getKey().startsWith(HEADER)
                                    && value.startsWith("'")
                                    && value.endsWith("'")) {
                                headers.put(
                                        parameter.getKey().substring(HEADER.length()),
                                        List.of(value.substring(1, value.length() - 1)));
                            }
                        });
        return Optional.of(
                new HttpReply(
                        Integer.parseInt(response.path("statusCode").asText("204")),
                        headers,
                        new byte[0]));
    }

    /**
     * Returns the headers that the CORS configuration of an HTTP API exposes to pages of other
     * origins; empty for a document without one.
     */
    static String exposed(JsonNode api) {
        return joined(api.path("x-amazon-apigateway-cors").path("exposeHeaders"));
    }

    private static Map<String, List<String>> configured(JsonNode cors) {
        return Map.of(
                "Access-Control-Allow-Origin", List.of(joined(cors.path("allowOrigins"))),
                "Access-Control-Allow-Methods", List.of(joined(cors.path("allowMethods"))),
                "Access-Control-Allow-Headers", List.of(joined(cors.path("allowHeaders"))),
                "Access-Control-Max-Age", List.of(cors.path("maxAge").asText()));
    }

    private static String joined(JsonNode values) {
        List<String> all = new ArrayList<>();
        values.forEach(value -> all.add(value.asText()));
        return String.join(",", all);
    }
}

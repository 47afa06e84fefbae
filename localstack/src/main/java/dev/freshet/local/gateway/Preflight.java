package dev.freshet.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Responses to CORS preflight requests, from the document's mock integrations. */
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
            return Optional.empty();
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
}

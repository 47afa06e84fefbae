package dev.freshet.infra;

import static dev.freshet.infra.ApiDocument.map;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.access.Operation;
import dev.freshet.access.Permissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiDocumentTest {
    private final ApiDocument document = ApiDocument.load();

    @Test
    void everyRouteIsThereWithItsFunction() {
        Map<String, String> functions = new TreeMap<>();
        document.routes()
                .forEach(
                        route ->
                                functions.put(
                                        route.method() + " " + route.path(), route.function()));
        assertThat(functions)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                Map.entry("POST /v1/events", "collect"),
                                Map.entry("POST /v1/recommendations", "recommend"),
                                Map.entry("GET /v1/items/{id}/similar", "recommend"),
                                Map.entry("GET /v1/trending", "recommend"),
                                Map.entry("PUT /v1/items", "catalog"),
                                Map.entry("POST /v1/items", "catalog"),
                                Map.entry("DELETE /v1/items/{id}", "catalog"),
                                Map.entry("PUT /v1/users/{id}", "profile"),
                                Map.entry("GET /v1/users/{id}", "profile"),
                                Map.entry("POST /v1/users/alias", "profile"),
                                Map.entry("DELETE /v1/users/{id}", "privacy"),
                                Map.entry("GET /v1/users/{id}/erasure", "privacy"),
                                Map.entry("GET /v1/users/{id}/export", "privacy")));
    }

    @Test
    void operationIdsAreUnique() {
        assertThat(document.routes().stream().map(ApiDocument.Route::operationId))
                .doesNotHaveDuplicates()
                .doesNotContain("null");
    }

    @Test
    void everyOperationButAPreflightWantsACredential() {
        operations(
                (where, operation) -> {
                    if (where.startsWith("options ")) {
                        assertThat(operation).as(where).doesNotContainKey("security");
                    } else {
                        assertThat(operation.get("security"))
                                .as(where)
                                .isEqualTo(List.of(Map.of("freshet", List.of())));
                    }
                });
    }

    @Test
    void everyOperationIsInTheListOfWhoMayCallWhatAndNothingElseIs() {
        assertThat(Permissions.ALL.stream().map(Operation::toString))
                .containsAll(
                        document.routes().stream()
                                .map(route -> route.method() + " " + route.path())
                                .toList());
    }

    @Test
    void everyOperationMayBeAnsweredWithUnauthorized() {
        operations(
                (where, operation) -> {
                    if (!where.startsWith("options ")) {
                        assertThat(map(operation.get("responses"))).as(where).containsKey("401");
                    }
                });
    }

    @Test
    void everyPathAnswersAPreflight() {
        map(document.root().get("paths"))
                .forEach((path, item) -> assertThat(map(item)).as(path).containsKey("options"));
    }

    @Test
    void everyErrorIsAProblemDocument() {
        List<String> errors = new ArrayList<>();
        operations(
                (where, operation) ->
                        map(operation.get("responses"))
                                .forEach(
                                        (status, response) -> {
                                            if (status.charAt(0) >= '4') {
                                                errors.add(where + " " + status);
                                                assertThat(
                                                                map(document.resolve(map(response))
                                                                                .get("content"))
                                                                        .keySet())
                                                        .as(where + " " + status)
                                                        .containsExactly(
                                                                "application/problem+json");
                                            }
                                        }));
        assertThat(errors).hasSizeGreaterThan(60);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        Set<String> references = new LinkedHashSet<>();
        walk(document.root(), references);
        assertThat(references)
                .hasSizeGreaterThan(30)
                .allSatisfy(
                        reference ->
                                assertThat(document.resolve(Map.of("$ref", reference)))
                                        .isNotEmpty());
    }

    @Test
    void everySchemaIsUsed() {
        Set<String> references = new LinkedHashSet<>();
        walk(document.root(), references);
        assertThat(map(map(document.root().get("components")).get("schemas")).keySet())
                .allSatisfy(
                        name -> assertThat(references).contains("#/components/schemas/" + name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ACCESS_DENIED",
                "API_CONFIGURATION_ERROR",
                "AUTHORIZER_CONFIGURATION_ERROR",
                "AUTHORIZER_FAILURE",
                "BAD_REQUEST_BODY",
                "BAD_REQUEST_PARAMETERS",
                "DEFAULT_4XX",
                "DEFAULT_5XX",
                "EXPIRED_TOKEN",
                "INTEGRATION_FAILURE",
                "INTEGRATION_TIMEOUT",
                "INVALID_API_KEY",
                "INVALID_SIGNATURE",
                "MISSING_AUTHENTICATION_TOKEN",
                "QUOTA_EXCEEDED",
                "REQUEST_TOO_LARGE",
                "RESOURCE_NOT_FOUND",
                "THROTTLED",
                "UNAUTHORIZED",
                "UNSUPPORTED_MEDIA_TYPE",
                "WAF_FILTERED"
            })
    void whatTheGatewayAnswersByItselfIsAProblemDocumentToo(String type) throws Exception {
        Map<String, Object> answer =
                map(map(document.root().get("x-amazon-apigateway-gateway-responses")).get(type));
        assertThat(map(answer.get("responseParameters")))
                .containsEntry("gatewayresponse.header.Content-Type", "'application/problem+json'")
                .containsEntry("gatewayresponse.header.Access-Control-Allow-Origin", "'*'");
        JsonNode problem =
                new ObjectMapper()
                        .readTree(
                                String.valueOf(
                                                map(answer.get("responseTemplates"))
                                                        .get("application/json"))
                                        .replace(
                                                "$context.error.messageString",
                                                "\"said the gateway\"")
                                        .replace("$context.requestId", "an-id"));
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty();
        if (answer.containsKey("statusCode")) {
            assertThat(problem.path("status").asText()).isEqualTo(answer.get("statusCode"));
        }
    }

    private void operations(BiConsumer<String, Map<String, Object>> each) {
        map(document.root().get("paths"))
                .forEach(
                        (path, item) ->
                                ApiDocument.operations(map(item))
                                        .forEach(
                                                (method, operation) ->
                                                        each.accept(
                                                                method + " " + path, operation)));
    }

    private static void walk(Object node, Set<String> references) {
        if (node instanceof Map<?, ?> map) {
            map.forEach(
                    (key, value) -> {
                        if (key.equals("$ref")) {
                            references.add(String.valueOf(value));
                        } else {
                            walk(value, references);
                        }
                    });
        } else if (node instanceof List<?> list) {
            list.forEach(element -> walk(element, references));
        }
    }
}

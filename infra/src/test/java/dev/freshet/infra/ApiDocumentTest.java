package dev.freshet.infra;

import static dev.freshet.testkit.GeneratedPage.assertGenerated;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.access.Operations.Permission;
import dev.freshet.catalog.ItemReader;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.experiment.ExperimentReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ApiDocumentTest {
    private static final Path OPERATIONS =
            Path.of("../shared/core/src/main/resources/dev/freshet/access/operations.txt");
    private static final String OPERATIONS_HEAD =
            "# Written by ApiDocumentTest from infra/src/main/resources/openapi.yaml:"
                    + " permission, method, path, operation id.\n";
    private static final Path PAGE = Path.of("../docs/api.md");
    private static final String BEGIN = "<!-- the operations: written by ApiDocumentTest -->\n";
    private static final String END = "<!-- the end of the operations -->";

    private final ApiDocument document = ApiDocument.load();

    @Test
    void operationIdsAreUnique() {
        assertThat(document.routes().stream().map(ApiDocument.Route::operationId))
                .doesNotHaveDuplicates()
                .doesNotContain("null");
    }

    @Test
    void everyOperationButAPreflightHasAPermissionAndMayBeRefusedByTheGateway() {
        assertThat(document.root().path("security").toString()).isEqualTo("[{\"freshet\":[]}]");
        document.operations(
                (path, method, operation) -> {
                    boolean preflight = method.equals("options");
                    assertThat(operation.path("security").toString())
                            .as(method + path)
                            .isEqualTo(preflight ? "[]" : "");
                    assertThat(operation.has(ApiDocument.PERMISSION))
                            .as(method + path)
                            .isEqualTo(!preflight);
                    for (String status : List.of("401", "431")) {
                        assertThat(operation.path("responses").has(status))
                                .as(method + path + " " + status)
                                .isNotEqualTo(preflight);
                    }
                });
    }

    /** {@code -Dfreshet.update=true} writes the list that the functions read anew. */
    @Test
    void theListThatTheFunctionsReadHoldsTheOperationsOfTheDocument() throws IOException {
        StringBuilder list = new StringBuilder(OPERATIONS_HEAD);
        for (ApiDocument.Route route : document.routes()) {
            list.append(
                    "%s %s %s %s\n"
                            .formatted(
                                    route.permission(),
                                    route.method(),
                                    route.path(),
                                    route.operationId()));
        }
        assertGenerated(OPERATIONS, list.toString());
    }

    @Test
    void thePermissionsAreThoseThatTheFunctionsKnow() {
        Set<String> known =
                Arrays.stream(Permission.values())
                        .map(Permission::wireName)
                        .collect(Collectors.toSet());
        assertThat(document.routes()).extracting(ApiDocument.Route::permission).isSubsetOf(known);
    }

    /** {@code -Dfreshet.update=true} writes the table of the page anew. */
    @Test
    void theTableOfThePageHoldsTheOperationsOfTheDocument() throws IOException {
        StringBuilder table =
                new StringBuilder("| operation | summary | callers |\n|---|---|---|\n");
        document.operations(
                (path, method, operation) -> {
                    if (operation.has(ApiDocument.PERMISSION)) {
                        table.append(
                                "| `%s %s` | %s | %s |\n"
                                        .formatted(
                                                method.toUpperCase(Locale.ROOT),
                                                path,
                                                operation.path("summary").asText(),
                                                callers(
                                                        operation
                                                                .path(ApiDocument.PERMISSION)
                                                                .asText())));
                    }
                });
        assertGenerated(PAGE, BEGIN, table.toString(), END);
    }

    private static String callers(String permission) {
        return switch (permission) {
            case "pages" -> "pages, users, servers";
            case "users" -> "users, servers";
            case "insights" -> "insights, experiments, servers";
            case "experiments" -> "experiments, servers";
            case "servers" -> "servers";
            default -> throw new AssertionError("no such permission: " + permission);
        };
    }

    @Test
    void theTypesOfEventsAreThoseOfTheProduct() {
        String named = document.root().at("/components/schemas/EventType/description").asText();
        assertThat(Pattern.compile("`([a-z]+)`").matcher(named).results())
                .extracting(type -> type.group(1))
                .containsExactlyElementsOf(
                        EventTypes.BUILT_IN.all().stream().map(EventType::wireName).toList());
    }

    @Test
    void noBodyHasADefaultWhichGeneratedClientsWouldSend() {
        assertThat(document.root().at("/components/schemas").findValues("default")).isEmpty();
    }

    /** Generated clients name the entries of a list without a schema of its own after the list. */
    @Test
    void everyObjectInAListHasANameOfItsOwn() {
        assertThat(document.root().findValues("items"))
                .hasSizeGreaterThan(80)
                .noneMatch(entry -> entry.has("properties"));
    }

    /** Of alternatives, OpenAPI Generator makes clients that do not compile or cannot read. */
    @Test
    void noSchemaHasAlternatives() {
        assertThat(document.root().findValues("oneOf")).isEmpty();
        assertThat(document.root().findValues("anyOf")).isEmpty();
    }

    @Test
    void versionsEndWhereTheServerEndsThem() {
        JsonNode schemas = document.root().path("components").path("schemas");
        assertThat(schemas.at("/Item/properties/version/maximum").asLong())
                .isEqualTo(ItemReader.MAX_VERSION);
        assertThat(schemas.at("/Experiment/properties/version/maximum").asLong())
                .isEqualTo(ExperimentReader.MAX_VERSION);
    }

    @Test
    void everyPathAnswersAPreflight() {
        assertThat(document.root().path("paths"))
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item.has("options")).isTrue());
    }

    @Test
    void everyErrorIsAProblemDocument() {
        List<String> errors = new ArrayList<>();
        document.operations(
                (path, method, operation) ->
                        operation
                                .path("responses")
                                .forEachEntry(
                                        (status, response) -> {
                                            if (status.charAt(0) >= '4') {
                                                errors.add(method + path + " " + status);
                                                assertProblem(errors.getLast(), response);
                                            }
                                        }));
        assertThat(errors).hasSizeGreaterThan(60);
    }

    private void assertProblem(String of, JsonNode response) {
        JsonNode content = document.resolve(response).path("content");
        assertThat(content).as(of).hasSize(1);
        assertThat(content.has("application/problem+json")).as(of).isTrue();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(references())
                .hasSizeGreaterThan(30)
                .allSatisfy(
                        reference ->
                                assertThat(document.root().at(reference.substring(1)))
                                        .isNotEmpty());
    }

    @Test
    void everySchemaIsUsed() {
        assertThat(references())
                .containsAll(
                        document.root().at("/components/schemas").properties().stream()
                                .map(schema -> "#/components/schemas/" + schema.getKey())
                                .toList());
    }

    private Set<String> references() {
        return Set.copyOf(document.root().findValuesAsText("$ref"));
    }

    static Stream<String> responsesOfTheGateway() {
        return Stream.of(
                """
                ACCESS_DENIED API_CONFIGURATION_ERROR AUTHORIZER_CONFIGURATION_ERROR
                AUTHORIZER_FAILURE BAD_REQUEST_BODY BAD_REQUEST_PARAMETERS DEFAULT_4XX DEFAULT_5XX
                EXPIRED_TOKEN INTEGRATION_FAILURE INTEGRATION_TIMEOUT INVALID_API_KEY
                INVALID_SIGNATURE MISSING_AUTHENTICATION_TOKEN QUOTA_EXCEEDED REQUEST_TOO_LARGE
                RESOURCE_NOT_FOUND THROTTLED UNAUTHORIZED UNSUPPORTED_MEDIA_TYPE WAF_FILTERED
                """
                        .split("\\s+"));
    }

    @ParameterizedTest
    @MethodSource("responsesOfTheGateway")
    void whatTheGatewayAnswersByItselfIsAProblemDocumentToo(String type) throws Exception {
        JsonNode answer = document.root().path("x-amazon-apigateway-gateway-responses").path(type);
        Map<String, String> headers = new TreeMap<>();
        answer.path("responseParameters")
                .forEachEntry((name, value) -> headers.put(name, value.asText()));
        assertThat(headers)
                .containsEntry("gatewayresponse.header.Content-Type", "'application/problem+json'")
                .containsEntry("gatewayresponse.header.Access-Control-Allow-Origin", "'*'")
                .containsEntry(
                        "gatewayresponse.header.Access-Control-Expose-Headers",
                        "'Retry-After,ETag,Link,Freshet-Trace-Id,Server-Timing'");
        String template =
                answer.at("/responseTemplates/application~1json")
                        .asText()
                        .replace("$context.error.messageString", "\"said the gateway\"")
                        .replace("$context.requestId", "an-id");
        JsonNode problem = new ObjectMapper().readTree(template);
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty();
        if (answer.has("statusCode")) {
            assertThat(problem.path("status").asText())
                    .isEqualTo(answer.path("statusCode").asText());
        }
    }
}

package dev.freshet.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The examples of the OpenAPI document fit it. Those of requests are sent by {@link
 * CodeSamplesTest} and by the IAM gate.
 */
class ApiExamplesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyOperationHasAnExampleOfItsRequestAndItsResponse() {
        assertThat(ApiExamples.OPERATIONS.keySet())
                .as("each operation is sent")
                .containsExactlyInAnyOrderElementsOf(ApiExamples.ORDER);
        assertThat(
                        ApiExamples.OPERATIONS.values().stream()
                                .flatMap(each -> each.missing().stream()))
                .as("what has no example")
                .isEmpty();
    }

    @Test
    void everyExampleFitsItsSchema() {
        List<String> wrong = new ArrayList<>();
        for (ApiOperation operation : ApiExamples.OPERATIONS.values()) {
            for (Map<String, JsonNode> contents :
                    List.of(operation.request(), operation.response())) {
                for (JsonNode content : contents.values()) {
                    ApiExamples.violations(content.path("schema"), content.path("example"))
                            .forEach(each -> wrong.add(operation.id() + ": " + each));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aMemberThatIsNotDeclaredIsAViolation() throws Exception {
        ApiOperation collect = ApiExamples.operation("collectEvents");
        JsonNode body =
                JSON.readTree(
                        """
                        {"accepted":1,"rejected":[],"receivedAt":"2026-03-01T12:00:00Z","extra":1}\
                        """);

        assertThat(ApiExamples.violations(collect.responseSchema(), body))
                .singleElement()
                .asString()
                .contains("extra");
    }
}

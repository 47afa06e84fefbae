package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LakeTablesHandlerTest {
    private final List<String> ran = new ArrayList<>();
    private final List<JsonNode> answers = new ArrayList<>();
    private final List<URI> addresses = new ArrayList<>();
    private Duration longest = Duration.ZERO;

    private final LakeTablesHandler handler =
            new LakeTablesHandler(
                    (sql, most) -> {
                        if (sql.equals("fail")) {
                            throw new IOException("Athena: FAILED: no right");
                        }
                        longest = longest.plus(most);
                        ran.add(sql);
                    },
                    (address, json) -> {
                        addresses.add(address);
                        answers.add(new ObjectMapper().readTree(json));
                    });

    private JsonNode handle(String type, String id, String statements) {
        String event =
                """
                {"RequestType": "%s", "ResponseURL": "https://cfn.example/answer?signed",
                 "StackId": "stack", "RequestId": "request", "LogicalResourceId": "LakeTablesMade"%s,
                 "ResourceProperties": {"Database": "freshet_dev", "Statements": %s}}
                """
                        .formatted(type, id, statements);
        handler.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                new ByteArrayOutputStream(),
                null);
        return answers.getLast();
    }

    @Test
    void aCreationRunsTheStatementsInTheirOrderAndAnswersCloudFormation() {
        JsonNode answer = handle("Create", "", "[\"one\", \"two\"]");

        assertThat(ran).containsExactly("one", "two");
        assertThat(longest).isLessThanOrEqualTo(LakeTablesHandler.BUDGET);
        assertThat(addresses).containsExactly(URI.create("https://cfn.example/answer?signed"));
        assertThat(answer.toString())
                .isEqualTo(
                        "{\"PhysicalResourceId\":\"freshet_dev\",\"StackId\":\"stack\","
                                + "\"RequestId\":\"request\",\"LogicalResourceId\":\"LakeTablesMade\","
                                + "\"Status\":\"SUCCESS\"}");
    }

    @Test
    void aChangeKeepsTheIdSoThatNothingIsReplaced() {
        JsonNode answer = handle("Update", ", \"PhysicalResourceId\": \"given\"", "[\"one\"]");

        assertThat(answer.path("PhysicalResourceId").asText()).isEqualTo("given");
        assertThat(ran).containsExactly("one");
    }

    @Test
    void aDeletionRunsNothingAndSucceeds() {
        JsonNode answer = handle("Delete", ", \"PhysicalResourceId\": \"given\"", "[\"fail\"]");

        assertThat(ran).isEmpty();
        assertThat(answer.path("Status").asText()).isEqualTo("SUCCESS");
    }

    @Test
    void aStatementThatFailsFailsTheDeploymentWithTheReason() {
        JsonNode answer = handle("Create", "", "[\"fail\", \"two\"]");

        assertThat(ran).isEmpty();
        assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
        assertThat(answer.path("Reason").asText())
                .contains("no right", "./freshet lake doctor --stack");
    }
}

package dev.freshet.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.FakeService.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class AthenaTest {
    private final List<String> states = new ArrayList<>(List.of("QUEUED", "RUNNING", "SUCCEEDED"));
    private final List<Duration> waits = new ArrayList<>();
    @AutoClose private final FakeService service = new FakeService(this::answer);
    @AutoClose private final Clients clients = service.clients();
    private final Athena athena =
            new Athena(
                    clients.signed(Settings.Service.ATHENA, "athena"), "group", "lake", waits::add);

    private Answer answer(JsonNode request) {
        if (request.has("QueryString")) {
            return request.path("QueryString").asText().isEmpty()
                    ? Answer.error(400, "com.amazonaws.athena#InvalidRequestException")
                    : Answer.ok("{\"QueryExecutionId\":\"q-1\"}");
        }
        if (request.has("MaxResults")) {
            return Answer.ok(
                    request.has("NextToken")
                            ? page("[{\"Data\":[{\"VarCharValue\":\"2\"},{}]}]", "")
                            : page(
                                    "[{\"Data\":[{\"VarCharValue\":\"n\"},{\"VarCharValue\":\"name\"}]},"
                                            + "{\"Data\":[{\"VarCharValue\":\"1\"},{\"VarCharValue\":\"a\"}]}]",
                                    ",\"NextToken\":\"t\""));
        }
        String state = states.size() > 1 ? states.removeFirst() : states.getFirst();
        return Answer.ok(
                ("{\"QueryExecution\":{\"Status\":{\"State\":\"%s\",\"StateChangeReason\":\"a"
                                + " reason\"},\"Statistics\":{\"DataScannedInBytes\":77}}}")
                        .formatted(state));
    }

    private static String page(String rows, String next) {
        return ("{\"ResultSet\":{\"ResultSetMetadata\":{\"ColumnInfo\":[{\"Name\":\"n\",\"Type\":\"bigint\"},"
                        + "{\"Name\":\"name\",\"Type\":\"varchar\"}]},\"Rows\":%s}%s}")
                .formatted(rows, next);
    }

    @Test
    void aStatementIsSentToTheWorkgroupAndAskedForUntilItHasEnded() throws IOException {
        Athena.Finished finished = athena.run("SELECT 1", Duration.ofMinutes(1));

        assertThat(finished).isEqualTo(new Athena.Finished("q-1", 77));
        assertThat(service.requests().getFirst().toString())
                .isEqualTo(
                        "{\"QueryString\":\"SELECT 1\",\"WorkGroup\":\"group\","
                                + "\"QueryExecutionContext\":{\"Database\":\"lake\"}}");
        assertThat(waits).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
    }

    @Test
    void waitsGrowToFiveSecondsAndEndWithTheTimeThatIsGiven() {
        states.clear();
        states.add("RUNNING");

        assertThatThrownBy(() -> athena.run("SELECT 1", Duration.ofSeconds(20)))
                .hasMessage("a statement took more than 20 s");
        assertThat(waits).contains(Athena.MAX_WAIT).allMatch(wait -> wait.toMillis() <= 5_000);
        assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(25));
        assertThat(service.requests().getLast().toString())
                .isEqualTo("{\"QueryExecutionId\":\"q-1\"}");
    }

    @Test
    void aFailureHasAthenasReason() {
        states.clear();
        states.add("FAILED");

        assertThatThrownBy(() -> athena.run("SELECT 1", Duration.ofMinutes(1)))
                .isInstanceOf(Athena.StatementFailedException.class)
                .hasMessage("Athena: FAILED: a reason");
    }

    @Test
    void aRefusalHasTheNameOfTheError() {
        assertThatThrownBy(() -> athena.run("", Duration.ofMinutes(1)))
                .isInstanceOfSatisfying(
                        JsonService.RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo("InvalidRequestException"));
    }

    @Test
    void theFirstPageBeginsAfterTheNamesOfTheColumns() throws IOException {
        Athena.Finished finished = new Athena.Finished("q-1", 0);
        Athena.Page first = athena.page(finished, Optional.empty());
        Athena.Page second = athena.page(finished, first.next());

        assertThat(first.columns()).containsExactly("n", "name");
        assertThat(first.types()).containsExactly("bigint", "varchar");
        assertThat(first.rows()).containsExactly(List.of("1", "a"));
        assertThat(second.rows()).containsExactly(Arrays.asList("2", null));
        assertThat(second.next()).isEmpty();
    }

    @Test
    void aDatabaseHasANameThatFirehoseTakes() {
        assertThat(Athena.databaseName("Freshet-Prod-2")).isEqualTo("freshet_prod_2");
    }
}

package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.lake.TableDefinition;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryObjectStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LakeTablesHandlerTest {
    private static final Pattern ADDED =
            Pattern.compile("ALTER TABLE `\\w+`\\.`(\\w+)` ADD COLUMNS \\(`(\\w+)` (\\w+)\\)");

    private final List<String> ran = new ArrayList<>();
    private final List<JsonNode> answers = new ArrayList<>();
    private final List<URI> addresses = new ArrayList<>();
    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private final MemoryObjectStore lake = new MemoryObjectStore();
    private final Map<String, Map<String, String>> glue = new HashMap<>();
    private String status = "DELETE_IN_PROGRESS";

    /** A statement is named by what happens: it takes seconds, or is refused for some. */
    private final LakeTablesHandler handler =
            new LakeTablesHandler(
                    this::run,
                    (_, table) -> glue.getOrDefault(table, Map.of()),
                    (address, json) -> {
                        addresses.add(address);
                        answers.add(new ObjectMapper().readTree(json));
                    },
                    id -> status,
                    lake,
                    clock,
                    clock::advance);

    private void run(String sql, Duration most) throws IOException {
        if (sql.startsWith("takes ")) {
            Duration needed = Duration.ofSeconds(Integer.parseInt(sql.substring(6)));
            clock.advance(needed.compareTo(most) < 0 ? needed : most);
            if (needed.compareTo(most) > 0) {
                throw new IOException("a statement took more than " + most.toSeconds() + " s");
            }
        } else if (sql.equals("fail")) {
            throw new IOException("Athena: FAILED: no such column");
        } else if (sql.contains(" until ")) {
            String[] words = sql.split(" until ", 2);
            if (clock.instant().getEpochSecond() < Integer.parseInt(words[1])) {
                throw new IOException(words[0]);
            }
        }
        TableDefinition.of(sql).ifPresent(made -> glue.putIfAbsent(made.name(), made.columns()));
        Matcher added = ADDED.matcher(sql);
        if (added.matches()) {
            glue.computeIfAbsent(added.group(1), _ -> new HashMap<>())
                    .put(added.group(2), added.group(3));
        }
        ran.add(sql);
    }

    /** The tables as release 0.1 made them, in Glue. */
    private List<String> tablesOfRelease01() {
        List<String> all = definitions("CREATE");
        all.forEach(
                sql -> {
                    TableDefinition made = TableDefinition.of(sql).orElseThrow();
                    glue.put(made.name(), new HashMap<>(made.columns()));
                });
        return all;
    }

    private static List<String> definitions(String begin) {
        try (InputStream in =
                Objects.requireNonNull(
                        LakeTablesHandlerTest.class.getResourceAsStream("lake-tables-0.1.sql"))) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(all.split(";\n", -1)).filter(sql -> sql.startsWith(begin)).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String json(List<String> statements) {
        return new ObjectMapper().valueToTree(statements).toString();
    }

    @Test
    void aTableOfRelease01GainsTheColumnsOfALaterReleaseOnce() {
        List<String> more =
                tablesOfRelease01().stream()
                        .map(
                                sql ->
                                        sql.replace(
                                                "  `event_id` string,",
                                                "  `event_id` string,\n  `weather` string,"))
                        .toList();

        assertThat(handle("Update", "", json(more)).path("Status").asText()).isEqualTo("SUCCESS");
        assertThat(ran)
                .contains("ALTER TABLE `freshet_prod`.`arrivals` ADD COLUMNS (`weather` string)")
                .hasSizeGreaterThan(more.size());
        assertThat(glue.get("interactions")).containsEntry("weather", "string");

        ran.clear();
        handle("Update", "", json(more));
        assertThat(ran).isEqualTo(more);
        ran.clear();
        handle("Update", "", json(definitions("CREATE")));
        assertThat(ran).as("a column that only the table has stays").hasSize(more.size());
        assertThat(glue.get("arrivals")).containsKey("weather");
    }

    @Test
    void anotherTypeIsRefusedBeforeAnythingIsRun() {
        List<String> other =
                tablesOfRelease01().stream()
                        .map(sql -> sql.replace("`occurred_ns` bigint", "`occurred_ns` string"))
                        .toList();

        JsonNode answer = handle("Update", "", json(other));

        assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
        assertThat(answer.path("Reason").asText())
                .contains("The column occurred_ns of the lake's table ", " is bigint, and this");
        assertThat(ran).isEmpty();
    }

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

    /** CloudFormation deletes only empty buckets, and would end in ROLLBACK_FAILED. */
    @ParameterizedTest
    @CsvSource({
        "ROLLBACK_IN_PROGRESS, 0",
        "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS, 0",
        "DELETE_IN_PROGRESS, 2",
        "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS, 2"
    })
    void theBucketIsEmptiedWhereTheStackUndoesTheCreationAndNeverElse(String now, int left) {
        lake.put("tables/arrivals/metadata/1.json", new byte[1]);
        lake.put("results/1.txt", new byte[1]);
        status = now;

        JsonNode answer = handle("Delete", ", \"PhysicalResourceId\": \"given\"", "[\"fail\"]");

        assertThat(lake.keys("", 10)).hasSize(left);
        assertThat(answer.path("Status").asText()).isEqualTo("SUCCESS");
    }

    @Test
    void aBucketInUseIsNeverEmptied() {
        for (int i = 0; i <= LakeTablesHandler.MAX_OBJECTS; i++) {
            lake.put("tables/arrivals/data/" + i, new byte[1]);
        }
        status = "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS";

        handle("Delete", ", \"PhysicalResourceId\": \"given\"", "[]");

        assertThat(lake.keys("", 1_000)).hasSize(LakeTablesHandler.MAX_OBJECTS + 1);
    }

    @Test
    void aStatementThatFailsFailsTheDeploymentWithTheReason() {
        JsonNode answer = handle("Create", "", "[\"fail\", \"two\"]");

        assertThat(ran).isEmpty();
        assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
        assertThat(answer.path("Reason").asText()).isEqualTo("Athena: FAILED: no such column.");
    }

    @Test
    void aStatementOfFortySecondsAmongFifteenIsWaitedFor() {
        String others = ", \"takes 2\"".repeat(14);

        JsonNode answer = handle("Create", "", "[\"takes 40\"" + others + "]");

        assertThat(answer.path("Status").asText()).isEqualTo("SUCCESS");
        assertThat(ran).hasSize(15);
    }

    @Test
    void allStatementsTogetherTakeNoMoreThanTheFunctionHas() {
        JsonNode answer = handle("Create", "", "[\"takes 200\", \"takes 50\", \"one\"]");

        assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
        assertThat(ran).containsExactly("takes 200");
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH.plus(LakeTablesHandler.BUDGET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status 400 AccessDeniedException: not yet",
                "status 400 ThrottlingException: Rate exceeded",
                "Athena: FAILED: User is not authorized to perform: glue:CreateTable",
                "Athena: FAILED: Insufficient permissions on the location",
                "status 400 InvalidRequestException: Unable to verify/create output bucket lake"
            })
    void whatIsRefusedForAWhileIsTriedAgainForAMinute(String refusal) {
        JsonNode answer = handle("Create", "", "[\"" + refusal + " until 50\", \"two\"]");
        assertThat(answer.path("Status").asText()).isEqualTo("SUCCESS");
        assertThat(ran).hasSize(2);

        answer = handle("Update", "", "[\"" + refusal + " until 500\"]");
        assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
        assertThat(answer.path("Reason").asText()).contains(refusal);
        assertThat(clock.instant())
                .isBetween(Instant.ofEpochSecond(110), Instant.ofEpochSecond(120));
    }
}

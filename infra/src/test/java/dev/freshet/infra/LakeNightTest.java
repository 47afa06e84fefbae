package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.cost.LakeCost;
import dev.freshet.infra.StateMachineRun.TaskFailedException;
import dev.freshet.json.WireName;
import dev.freshet.lake.LakeAnswers;
import dev.freshet.lake.NamedQuery;
import dev.freshet.lake.SqlRange;
import io.trino.sql.parser.SqlParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks the state machine of the lake: its statements, their ranges, what it repeats and tells. */
@NullUnmarked
class LakeNightTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SqlParser PARSER = new SqlParser();
    private static final Instant SUNDAY = Instant.parse("2026-11-29T02:10:00Z");
    private static final Map<String, Object> WEEKLY =
            Map.of("days", 14, "purge", true, "patience", 21_600);
    private static final Map<String, Object> NIGHTLY =
            Map.of("days", 2, "purge", false, "patience", 21_600);
    private static final Pattern DAYS =
            Pattern.compile(
                    "occurred_day >= DATE '([0-9-]+)' AND \\S*occurred_day < DATE '([0-9-]+)'");

    /** Statements of Athena's own. */
    private static final Pattern UPKEEP =
            Pattern.compile(
                    "VACUUM [a-z_]+|OPTIMIZE [a-z_]+ REWRITE DATA USING BIN_PACK( WHERE "
                            + DAYS
                            + ")?");

    /** People behind a count of an answer. */
    private static final int K = 4;

    private final JsonNode definition = definition(400);
    private final World world = new World();

    /** Objects that one invocation of the function brings back. */
    private static final int PER_ROUND = 1_000;

    /** The stack around the machine. */
    private static final class World implements StateMachineRun.Tasks {
        final List<String> statements = new ArrayList<>();
        final Map<String, Object> workgroups = new TreeMap<>();
        int astray;
        int staged;
        int invocations;
        int unreadable;
        int itemRuns = 1;
        final List<Object> copies = new ArrayList<>();
        final List<Map<String, Object>> executions = new ArrayList<>();
        int failures;
        String failing = "";
        String failure = "";
        final Map<String, String> answers = new TreeMap<>();
        String progress = "";
        List<String> arrivedOn = List.of("2026-11-20", "2026-11-29");
        int erasures = 1;
        List<Double> freshness = List.of();
        Duration each = Duration.ZERO;
        StateMachineRun run = new StateMachineRun(this, SUNDAY);

        @Override
        public Object call(String resource, Map<String, Object> arguments)
                throws TaskFailedException {
            return switch (resource) {
                case "aws-sdk:sfn:listExecutions" -> Map.of("Executions", executions);
                case "aws-sdk:s3:getObject" -> {
                    if (progress.isEmpty()) {
                        throw new TaskFailedException("S3.NoSuchKeyException", "no such key");
                    }
                    yield Map.of("Body", progress);
                }
                case "aws-sdk:s3:putObject" -> {
                    progress = (String) arguments.get("Body");
                    yield Map.of();
                }
                case "lambda:invoke" ->
                        Map.of("Payload", invoked((Map<?, ?>) arguments.get("Payload")));
                case "aws-sdk:s3:listObjectsV2" -> {
                    int some = Math.min(staged, (Integer) arguments.get("MaxKeys"));
                    List<?> objects =
                            IntStream.range(0, some)
                                    .mapToObj(key -> Map.of("Key", "staging/" + key, "Size", 7))
                                    .toList();
                    yield Map.of("KeyCount", some, "Contents", objects);
                }
                case "aws-sdk:s3:deleteObjects" -> {
                    Map<?, ?> deleted = (Map<?, ?>) arguments.get("Delete");
                    staged -= ((List<?>) deleted.get("Objects")).size();
                    yield Map.of();
                }
                case "aws-sdk:cloudwatch:getMetricData" ->
                        Map.of(
                                "MetricDataResults",
                                List.of(
                                        Map.of("Id", "fresh", "Values", freshness),
                                        Map.of("Id", "behind", "Values", List.of())));
                case "athena:startQueryExecution.sync" -> {
                    String sql = (String) arguments.get("QueryString");
                    workgroups.put(sql, arguments.get("WorkGroup"));
                    yield Map.of("QueryExecution", queried(sql));
                }
                case "aws-sdk:s3:copyObject" -> {
                    String from = (String) arguments.get("CopySource");
                    String id = from.replaceAll("lake/results/([0-9]+).csv", "$1");
                    String key = (String) arguments.get("Key");
                    answers.put(key, statements.get(Integer.parseInt(id)));
                    yield Map.of();
                }
                case "athena:getQueryResults" -> rows((String) arguments.get("QueryExecutionId"));
                default -> throw new IllegalArgumentException(resource);
            };
        }

        private Map<String, Object> invoked(Map<?, ?> payload) throws TaskFailedException {
            if (payload.get("items") instanceof Map<?, ?> from) {
                copies.add(from);
                if (itemRuns == 0) {
                    throw new TaskFailedException("Failed", "Items does not answer");
                }
                String after = copies.size() < itemRuns ? "i" + copies.size() : "";
                return Map.of("part", copies.size(), "after", after);
            }
            invocations++;
            int some = Math.min(astray, PER_ROUND);
            staged += some;
            astray -= some;
            return Map.of("more", astray > 0, "unreadable", unreadable);
        }

        private Map<String, Object> queried(String sql) throws TaskFailedException {
            statements.add(sql);
            run.pass(each);
            if (failures > 0 && sql.startsWith(failing)) {
                failures--;
                throw new TaskFailedException("States.TaskFailed", failure);
            }
            String id = String.valueOf(statements.size() - 1);
            String output = "s3://lake/results/" + id + ".csv";
            return Map.of(
                    "QueryExecutionId",
                    id,
                    "ResultConfiguration",
                    Map.of("OutputLocation", output));
        }

        /** Lets statements with a beginning fail some times. */
        void fail(int times, String beginning, String message) {
            failures = times;
            failing = beginning;
            failure = message;
        }

        private Object rows(String id) {
            String sql = statements.get(Integer.parseInt(id));
            List<String> values =
                    sql.contains("FROM erasures") ? List.of(String.valueOf(erasures)) : arrivedOn;
            List<?> data =
                    values.isEmpty()
                            ? List.of(Map.of(), Map.of())
                            : values.stream().map(value -> Map.of("VarCharValue", value)).toList();
            return Map.of(
                    "ResultSet",
                    Map.of("Rows", List.of(Map.of("Data", List.of()), Map.of("Data", data))));
        }

        List<String> ran(String start) {
            return statements.stream().filter(sql -> sql.startsWith(start)).toList();
        }

        Map<String, Object> told() {
            try {
                return progress.isEmpty()
                        ? Map.of()
                        : JSON.readValue(progress, new TypeReference<>() {});
            } catch (JsonProcessingException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        }
    }

    private static JsonNode definition(int lakeDays) {
        return StateMachineRun.parsed(LakeNight.definition(lakeDays, K));
    }

    private void run(Instant at, Map<String, Object> input) throws TaskFailedException {
        world.run = new StateMachineRun(world, at);
        world.run.run(definition, input);
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 400, 3_650})
    void everyStatementParsesAndRangesKeepToNinetyDaysAndLeaveOutNone(int lakeDays)
            throws Exception {
        LocalDate first = LocalDate.parse("2026-11-30").minusDays(lakeDays);
        world.arrivedOn = List.of(first.toString(), "2026-11-30");
        world.astray = 3;
        world.run.run(definition(lakeDays), WEEKLY);

        assertThat(world.statements).hasSizeGreaterThan(20);
        for (String sql : world.statements) {
            assertThat(sql).doesNotContain(":days", ":from", ":to", "{", ";");
            if (!UPKEEP.matcher(sql).matches()) {
                assertThatCode(() -> PARSER.createStatement(sql))
                        .as(sql)
                        .doesNotThrowAnyException();
            }
            assertThat(ranges(sql))
                    .as(sql)
                    .allSatisfy(days -> assertThat(days).hasSizeBetween(1, SqlRange.MAX_DAYS));
        }
        for (String start :
                List.of(
                        "MERGE INTO interactions",
                        "MERGE INTO exposures",
                        "OPTIMIZE interactions",
                        "OPTIMIZE exposures")) {
            assertThat(world.ran(start))
                    .allSatisfy(sql -> assertThat(ranges(sql)).isNotEmpty())
                    .flatExtracting(sql -> ranges(sql).getFirst())
                    .as(start)
                    .doesNotHaveDuplicates()
                    .containsAll(first.datesUntil(LocalDate.parse("2026-12-01")).toList());
        }
    }

    /** Returns the days of each range that a statement names. */
    private static List<List<LocalDate>> ranges(String sql) {
        return DAYS.matcher(sql)
                .results()
                .map(
                        days ->
                                LocalDate.parse(days.group(1))
                                        .datesUntil(LocalDate.parse(days.group(2)))
                                        .toList())
                .toList();
    }

    @Test
    void aUsualNightSettlesOneRangeAndRewritesNothing() throws Exception {
        run(SUNDAY, NIGHTLY);

        assertThat(world.ran("MERGE INTO interactions"))
                .singleElement()
                .asString()
                .contains("date_add('day', -2, current_date)");
        assertThat(world.ran("DELETE FROM interactions")).hasSize(2);
        assertThat(world.ran("VACUUM")).hasSize(8);
        assertThat(world.ran("OPTIMIZE")).isEmpty();
    }

    @Test
    void aNightWithoutArrivalsAndErasuresIsShort() throws Exception {
        world.arrivedOn = List.of();
        world.erasures = 0;
        run(SUNDAY, NIGHTLY);

        assertThat(world.ran("MERGE")).hasSize(3);
        assertThat(world.ran("DELETE")).hasSize(4);
        assertThat(world.statements).hasSize(LakeCost.STATEMENTS_A_NIGHT);
        assertThat(world.run.transitions()).isEqualTo(LakeCost.TRANSITIONS_A_NIGHT);
    }

    @Test
    void aSundayWithoutArrivalsRewritesEveryRange() throws Exception {
        world.arrivedOn = List.of();
        world.erasures = 0;
        run(SUNDAY, WEEKLY);

        assertThat(world.statements)
                .hasSize(LakeCost.STATEMENTS_A_NIGHT + LakeCost.STATEMENTS_A_SUNDAY);
        assertThat(world.run.transitions())
                .isEqualTo(LakeCost.TRANSITIONS_A_NIGHT + LakeCost.TRANSITIONS_A_SUNDAY);
    }

    @Test
    void erasuresAreSettledFirstAndRowsErasedBeforeOthersAreSettled() throws Exception {
        run(SUNDAY, WEEKLY);

        assertThat(indexOf("MERGE INTO erasures")).isZero();
        assertThat(indexOf("DELETE FROM interactions"))
                .isBetween(1, indexOf("MERGE INTO interactions"));
        assertThat(world.statements.stream().map(sql -> sql.split(" ", 2)[0]).distinct())
                .containsExactly("MERGE", "SELECT", "DELETE", "VACUUM", "OPTIMIZE", "WITH");
    }

    private int indexOf(String beginning) {
        return world.statements.indexOf(world.ran(beginning).getFirst());
    }

    @Test
    void upkeepThatNeedsMoreRunsIsRepeatedUpToABound() throws Exception {
        String more = "ICEBERG_VACUUM_MORE_RUNS_NEEDED: more";
        world.fail(LakeNight.MAX_RUNS - 1, "VACUUM interactions", more);
        run(SUNDAY, NIGHTLY);
        assertThat(world.ran("VACUUM interactions")).hasSize(LakeNight.MAX_RUNS);

        world.fail(2, "OPTIMIZE merges", "ICEBERG_OPTIMIZE_MORE_RUNS_NEEDED");
        run(SUNDAY, WEEKLY);
        assertThat(world.ran("OPTIMIZE merges")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "20, VACUUM interactions, ICEBERG_VACUUM_MORE_RUNS_NEEDED: more",
        "3, MERGE INTO merges, TABLE_NOT_FOUND",
        "1, MERGE INTO merges, Query cancelled! : Bytes scanned limit was exceeded"
    })
    void aStatementThatFailsIsTriedSoOftenAndThenFailsTheRun(int tries, String sql, String why) {
        world.fail(100, sql, why);

        assertThatThrownBy(() -> run(SUNDAY, NIGHTLY)).hasMessage(why);
        assertThat(world.ran(sql)).hasSize(tries);
        assertThat(world.told()).doesNotContainKey("goneUpTo");
    }

    @Test
    void aCommitThatMeetsAnotherIsTriedTwentyTimesWithGrowingPauses() throws Exception {
        String conflict = "ICEBERG_COMMIT_ERROR: Found conflicting files";
        world.fail(LakeNight.MAX_RUNS - 1, "DELETE FROM arrivals", conflict);
        run(SUNDAY, NIGHTLY);
        assertThat(world.statements.stream().distinct())
                .hasSize(world.statements.size() - LakeNight.MAX_RUNS + 1);
        assertThat(world.run.now())
                .isEqualTo(SUNDAY.plusSeconds(15 + 30 + 60 + 120 + 240 + 14 * 300));
        assertThat(world.told()).containsKey("deletedUpTo");

        world.fail(LakeNight.MAX_RUNS, "DELETE FROM arrivals", conflict);
        assertThatThrownBy(() -> run(SUNDAY, NIGHTLY))
                .hasMessageContaining("erased people are left");
        assertThat(world.failures).isZero();
    }

    @Test
    void rowsThatCannotBeErasedAreToldAndTheRestOfTheNightIsDone() {
        world.fail(1_000, "DELETE FROM arrivals\nWHERE received_at < TIMESTAMP", "TABLE_NOT_FOUND");

        assertThatThrownBy(() -> run(SUNDAY, WEEKLY))
                .hasMessageContaining("erased people are left");
        assertThat(world.ran("DELETE FROM exposures\nWHERE concat")).hasSize(1);
        assertThat(world.ran("MERGE INTO interactions")).isNotEmpty();
        assertThat(world.answers).hasSize(LakeAnswers.QUERIES.size());
        assertThat(world.told()).doesNotContainKey("deletedUpTo");
    }

    @Test
    void theBoundOfUsersHoldsForNamedQueriesAloneAndTheNightHasItsOwn() throws Exception {
        run(SUNDAY, WEEKLY);

        assertThat(world.workgroups)
                .allSatisfy(
                        (sql, workgroup) ->
                                assertThat(workgroup)
                                        .isEqualTo(
                                                world.answers.containsValue(sql)
                                                        ? "${Workgroup}"
                                                        : "${NightWorkgroup}"));
    }

    @Test
    void whatWentAstrayIsInsertedBeforeItIsRemoved() throws Exception {
        world.astray = 2_345;
        run(SUNDAY, NIGHTLY);

        assertThat(world.invocations).isEqualTo(3);
        assertThat(world.ran("INSERT INTO arrivals")).hasSize(1);
        assertThat(world.statements.getFirst()).startsWith("INSERT INTO arrivals");
        assertThat(world.staged).isZero();
        assertThat(world.told()).containsKey("deletedUpTo");
    }

    @Test
    void rowsThatCannotBeInsertedStayAndAreNotToldDeleted() {
        world.astray = 5;
        world.fail(LakeNight.MAX_TRIES, "INSERT INTO arrivals", "TABLE_NOT_FOUND");

        assertThatThrownBy(() -> run(SUNDAY, NIGHTLY)).hasMessageContaining("have not come back");
        assertThat(world.ran("DELETE FROM interactions")).isNotEmpty();
        assertThat(world.staged).isEqualTo(5);
        assertThat(world.told()).doesNotContainKey("deletedUpTo");
    }

    @Test
    void anObjectThatCannotBeReadIsNotToldDeleted() {
        world.unreadable = 1;

        assertThatThrownBy(() -> run(SUNDAY, NIGHTLY)).hasMessageContaining("have not come back");
        assertThat(world.told()).doesNotContainKey("deletedUpTo");
    }

    @Test
    void theCatalogueIsCopiedInSeveralRunsAndThenMerged() throws Exception {
        world.itemRuns = 3;
        run(SUNDAY, NIGHTLY);

        assertThat(world.copies)
                .containsExactly(
                        Map.of("part", 0, "after", ""),
                        Map.of("part", 1, "after", "i1"),
                        Map.of("part", 2, "after", "i2"));
        assertThat(world.ran("MERGE INTO items"))
                .singleElement()
                .asString()
                .contains("FROM copied_items", "UPDATE SET version = s.version")
                .doesNotContain("item_id = s.item_id,");
        assertThat(world.ran("DELETE FROM items"))
                .singleElement()
                .asString()
                .contains("NOT IN (SELECT item_id FROM copied_items)");
        assertThat(indexOf("MERGE INTO items")).isLessThan(indexOf("DELETE FROM items"));
    }

    @Test
    void aCopyThatFailsLeavesTheTableAndTheRestOfTheNightAlone() {
        world.itemRuns = 0;

        assertThatThrownBy(() -> run(SUNDAY, WEEKLY)).hasMessageContaining("table of items");
        assertThat(world.ran("MERGE INTO items")).isEmpty();
        assertThat(world.ran("VACUUM")).isNotEmpty();
        assertThat(world.told()).containsKeys("deletedUpTo", "rewrittenUpTo");
    }

    @Test
    void aCopyWithoutEndIsGivenUp() {
        world.itemRuns = Integer.MAX_VALUE;

        assertThatThrownBy(() -> run(SUNDAY, NIGHTLY)).hasMessageContaining("table of items");
        assertThat(world.copies).hasSize(LakeNight.MAX_PARTS);
    }

    @Test
    void theResultsOfTheNamedQueriesAreKeptAtTheEndOfANight() throws Exception {
        run(SUNDAY, WEEKLY);

        assertThat(world.answers)
                .hasSize(LakeAnswers.QUERIES.size())
                .allSatisfy(
                        (key, sql) -> {
                            String name = key.replaceAll("answers/(.*).csv", "$1");
                            NamedQuery query = WireName.find(NamedQuery.class, name).orElseThrow();
                            assertThat(sql)
                                    .isEqualTo(LakeAnswers.sql(query, K))
                                    .doesNotContain(
                                            "interactions_now", "FROM people", "FROM standing");
                        });
        assertThat(world.statements.getLast())
                .isEqualTo(LakeAnswers.sql(LakeAnswers.QUERIES.getLast(), K));
    }

    @Test
    void aNamedQueryThatFailsStopsNeitherTheOthersNorTheNight() {
        String sql = LakeAnswers.sql(NamedQuery.RETENTION, K);
        world.fail(10, sql, "Bytes scanned limit was exceeded");

        assertThatThrownBy(() -> run(SUNDAY, WEEKLY)).hasMessageContaining("named query failed");
        assertThat(world.ran(sql)).hasSize(1);
        assertThat(world.answers)
                .hasSize(LakeAnswers.QUERIES.size() - 1)
                .doesNotContainKey(LakeAnswers.key(NamedQuery.RETENTION));
        assertThat(world.told()).containsKeys("deletedUpTo", "rewrittenUpTo");
    }

    @Test
    void aNamedQueryThatFailsIsTriedAgain() throws Exception {
        String sql = LakeAnswers.sql(NamedQuery.CLICK_RATE, K);
        world.fail(LakeNight.MAX_TRIES - 1, sql, "GENERIC_INTERNAL_ERROR");
        run(SUNDAY, NIGHTLY);

        assertThat(world.ran(sql)).hasSize(LakeNight.MAX_TRIES);
        assertThat(world.answers).containsKey(LakeAnswers.key(NamedQuery.CLICK_RATE));
    }

    @Test
    void roundsOfBringingBackAreBounded() {
        world.astray = 1_000_000;

        assertThatThrownBy(() -> run(SUNDAY, NIGHTLY)).hasMessageContaining("have not come back");
        assertThat(world.invocations).isEqualTo(LakeNight.MAX_ROUNDS);
    }

    @Test
    void whatIsOnItsWayOrCameTodayIsNotToldDeleted() throws Exception {
        run(SUNDAY.plusSeconds(3 * 3_600), NIGHTLY);
        assertThat(world.told()).containsEntry("deletedUpTo", "2026-11-29T02:59:00.000Z");
        assertThat(world.ran("DELETE FROM arrivals"))
                .first()
                .asString()
                .contains("received_at < TIMESTAMP '2026-11-29 00:00:00.000000'");

        world.freshness = List.of(10_800.0);
        run(SUNDAY, NIGHTLY);
        assertThat(world.told())
                .containsEntry(
                        "deletedUpTo",
                        SUNDAY.minusSeconds(10_800).toString().replace("Z", ".000Z"));
    }

    @Test
    void filesAreGoneADayAfterTheyWereRewritten() throws Exception {
        world.each = Duration.ofMinutes(2);
        run(SUNDAY, WEEKLY);
        Map<String, Object> first = world.told();
        Instant rewrittenAt = Instant.parse((String) first.get("rewrittenAt"));
        assertThat(first.get("rewrittenUpTo")).isEqualTo(first.get("deletedUpTo"));
        assertThat(first.containsKey("goneUpTo")).isFalse();
        assertThat(rewrittenAt).isAfter(SUNDAY.plus(Duration.ofHours(1)));

        world.each = Duration.ofSeconds(2);
        run(SUNDAY.plus(Duration.ofDays(1)), NIGHTLY);

        assertThat(world.told().get("goneUpTo")).isEqualTo(first.get("deletedUpTo"));
        assertThat(world.run.now()).isAfter(rewrittenAt.plus(Duration.ofDays(1)));
    }

    @Test
    void aRunOnDemandDoesNotWaitForADayToPass() throws Exception {
        run(SUNDAY, WEEKLY);
        run(SUNDAY.plus(Duration.ofHours(1)), Map.of());

        assertThat(world.ran("VACUUM")).hasSize(8);
        assertThat(world.told()).doesNotContainKey("goneUpTo");
        assertThat(world.run.now()).isBefore(SUNDAY.plus(Duration.ofHours(2)));
    }

    @Test
    void aSecondRunLeavesTheFirstAlone() throws Exception {
        world.executions.addAll(
                List.of(
                        Map.of("ExecutionArn", "this", "StartDate", "2026-11-29T02:10:01Z"),
                        Map.of("ExecutionArn", "other", "StartDate", "2026-11-29T02:10:00Z")));
        run(SUNDAY, NIGHTLY);
        assertThat(world.run.path()).endsWith("AnotherRuns");
        assertThat(world.statements).isEmpty();

        world.executions.set(
                1, Map.of("ExecutionArn", "other", "StartDate", "2026-11-29T02:11:00Z"));
        run(SUNDAY, NIGHTLY);
        assertThat(world.statements).isNotEmpty();
    }

    @Test
    void everyStateIsReachedByANameThatIsThere() {
        List<String> next = definition.path("States").findValuesAsText("Next");
        next.addAll(definition.path("States").findValuesAsText("Default"));

        next.add("Statements");
        assertThat(next).containsAll(() -> definition.path("States").fieldNames());
        assertThat(definition.path("TimeoutSeconds").asInt()).isBetween(1, 86_400);
    }
}

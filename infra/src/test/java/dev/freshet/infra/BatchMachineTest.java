package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.infra.StateMachineRun.TaskFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code batch=true} adds to a stack, and what its state machine does. */
@NullUnmarked
class BatchMachineTest {
    private static final Instant MONDAY = Instant.parse("2026-11-30T04:40:00Z");

    private final Synthesized stack = Synthesized.batch();
    private final World world = new World();

    /** The lake, EMR Serverless and the function that announces. */
    private static final class World implements StateMachineRun.Tasks {
        final List<Map<String, Object>> jobs = new ArrayList<>();
        final List<Object> announced = new ArrayList<>();
        final List<Map<String, Object>> executions = new ArrayList<>();
        final TreeMap<Instant, Instant> deletedUpTo = new TreeMap<>();
        boolean failing;
        final StateMachineRun run = new StateMachineRun(this, MONDAY);

        @Override
        public Object call(String resource, Map<String, Object> arguments)
                throws TaskFailedException {
            return switch (resource) {
                case "aws-sdk:sfn:listExecutions" -> Map.of("Executions", executions);
                case "aws-sdk:s3:getObject" -> {
                    Map.Entry<Instant, Instant> told = deletedUpTo.floorEntry(run.now());
                    if (told == null) {
                        throw new TaskFailedException("S3.NoSuchKeyException", "no such key");
                    }
                    yield Map.of("Body", "{\"deletedUpTo\":\"%s\"}".formatted(told.getValue()));
                }
                case "emr-serverless:startJobRun.sync" -> {
                    jobs.add(arguments);
                    if (failing) {
                        throw new TaskFailedException("States.TaskFailed", "no memory");
                    }
                    run.pass(Duration.ofMinutes(20));
                    yield Map.of("JobRunId", "00f");
                }
                case "lambda:invoke" -> {
                    announced.add(arguments.get("Payload"));
                    yield Map.of("Payload", Map.of("key", "models/neighbours-v1/1", "bytes", 7));
                }
                default -> throw new IllegalArgumentException(resource);
            };
        }
    }

    private Object run() throws TaskFailedException {
        return world.run.run(definition(), Map.of());
    }

    private static JsonNode definition() {
        return StateMachineRun.parsed(BatchMachine.definition());
    }

    @Test
    void aRunCountsNeighboursAndAnnouncesTheFileByTheTimeAtWhichTheJobBegan() throws Exception {
        world.deletedUpTo.put(MONDAY.minusSeconds(7_200), MONDAY.minusSeconds(9_000));

        Object result = run();

        assertThat(result).isEqualTo(Map.of("key", "models/neighbours-v1/1", "bytes", 7));
        Map<?, ?> submitted =
                (Map<?, ?>) ((Map<?, ?>) world.jobs.getFirst().get("JobDriver")).get("SparkSubmit");
        String file = "neighbours/2026-11-30T044000/neighbours-v1";
        assertThat(submitted.get("EntryPointArguments"))
                .isEqualTo(
                        List.of(
                                "neighbours",
                                "--database",
                                "lake.${Database}",
                                "--out",
                                "s3://${Bucket}/" + file));
        assertThat(submitted.get("SparkSubmitParameters"))
                .isEqualTo("--class dev.freshet.batch.Main");
        assertThat(world.announced)
                .containsExactly(
                        Map.of("file", file, "job", "neighbours", "madeAt", MONDAY.toString()));
        assertThat(world.jobs.stream().map(job -> job.get("Name")))
                .containsExactly("neighbours", "factors");
        assertThat(world.jobs.getLast().toString())
                .contains("EntryPointArguments=[factors, --database, lake.${Database}]");
    }

    @Test
    void aRunWaitsForTheNightOfTheLake() throws Exception {
        Instant yesterday = MONDAY.minus(Duration.ofHours(26));
        world.deletedUpTo.put(yesterday, yesterday);
        Instant late = MONDAY.plus(Duration.ofHours(3));
        world.deletedUpTo.put(late, MONDAY.minusSeconds(9_000));

        run();

        assertThat(world.jobs).hasSize(2);
        assertThat(world.announced.toString()).contains("2026-11-30T07:40:00Z");
    }

    @Test
    void withoutANightThereIsNoJob() {
        assertThatThrownBy(this::run)
                .isInstanceOf(TaskFailedException.class)
                .extracting("error")
                .isEqualTo("LakeNotSettled");
        assertThat(world.jobs).isEmpty();
        assertThat(Duration.between(MONDAY, world.run.now()))
                .isEqualTo(Duration.ofMinutes(15L * (BatchMachine.MAX_LOOKS - 1)));
    }

    @Test
    void aJobThatFailsAnnouncesNothing() {
        world.deletedUpTo.put(MONDAY, MONDAY);
        world.failing = true;

        assertThatThrownBy(this::run).hasMessage("no memory");
        assertThat(world.announced).isEmpty();
    }

    @Test
    void aSecondRunLeavesTheFirstAlone() throws Exception {
        world.deletedUpTo.put(MONDAY, MONDAY);
        world.executions.addAll(
                List.of(
                        Map.of("ExecutionArn", "this", "StartDate", "2026-11-30T04:40:01Z"),
                        Map.of("ExecutionArn", "other", "StartDate", "2026-11-30T04:40:00Z")));
        run();

        assertThat(world.run.path()).endsWith("AnotherRuns");
        assertThat(world.jobs).isEmpty();
    }

    @Test
    void aJobAndARunEnd() {
        JsonNode job = definition().at("/States/Neighbours");

        assertThat(job.at("/Arguments/ExecutionTimeoutMinutes").asInt()).isEqualTo(180);
        assertThat(job.path("TimeoutSeconds").asInt()).isEqualTo(190 * 60);
        assertThat(definition().path("TimeoutSeconds").asInt())
                .isGreaterThan(BatchMachine.MAX_LOOKS * 900 + 2 * 190 * 60);
    }

    @Test
    void theApplicationRestsWithoutChargeAndIsBounded() {
        assertThat(stack.properties("BatchApplication").has("InitialCapacity")).isFalse();
        stack.assertProperties(
                """
                BatchApplication/ReleaseLabel = emr-spark-8.1.0
                BatchApplication/Architecture = ARM64
                BatchApplication/AutoStartConfiguration/Enabled = true
                BatchApplication/AutoStopConfiguration/Enabled = true
                BatchApplication/MaximumCapacity = {"Cpu":"32 vCPU","Disk":"160 GB","Memory":"128 GB"}
                """);
        assertThat(
                        Synthesized.with(Map.of("lake", "true", "batch", "true", "batchCpus", "8"))
                                .properties("BatchApplication")
                                .toString())
                .contains("\"8 vCPU\"", "\"spark.dynamicAllocation.maxExecutors\":\"1\"")
                .contains("\"spark.dynamicAllocation.initialExecutors\":\"1\"");
        assertThat(stack.properties("BatchApplication").toString())
                .contains("\"spark.sql.catalogImplementation\":\"in-memory\"");
        assertThat(stack.properties("LakeBucket").toString())
                .contains("\"neighbours/\"", "\"logs/\"");
    }

    @Test
    void whatReadsNeighboursIsDeployedBeforeWhatAnnouncesThem() {
        assertThat(new TemplateGraph(stack.template()).before("Announce"))
                .contains("Train", "RecommendLive");
    }

    @Test
    void itRunsOnMondaysOrEachDayAfterTheNight() {
        stack.assertProperties(
                """
                BatchSchedule/ScheduleExpression = cron(40 4 ? * MON *)
                BatchFailedAlarm/MetricName = ExecutionsFailed
                BatchTimedOutAlarm/MetricName = ExecutionsTimedOut
                """);
        Synthesized.with(Map.of("lake", "true", "batch", "true", "batchRuns", "daily"))
                .assertProperties("BatchSchedule/ScheduleExpression = cron(40 4 ? * * *)");
        assertThat(stack.hasOutput("BatchMachineArn")).isTrue();
    }

    @Test
    void withoutTheOptionThereIsNoneOfIt() {
        assertThat(Synthesized.lake().template().toString())
                .doesNotContain("emr-serverless", "AnnounceHandler", "EMRServerless");
    }

    @Test
    void withoutTheJarItIsRefusedWithASentence(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("batch.jar");
        FreshetApp.Packages packages = new FreshetApp.Packages(folder, folder, folder, folder, jar);
        assertThatThrownBy(packages::batchJar)
                .hasMessageContaining("at " + jar)
                .hasMessageContaining("./mvnw -Pbatch -pl batch");

        Files.writeString(jar, "");
        assertThat(packages.batchJar()).isEqualTo(jar);
    }

    @Test
    void aWorkerWithoutClassesIsRefusedWithASentence(@TempDir Path folder) throws IOException {
        FreshetApp.Packages packages =
                new FreshetApp.Packages(folder, folder, folder, folder, folder);
        assertThatThrownBy(packages::workerFolder)
                .hasMessageContaining("./mvnw -pl functions/worker");

        Files.createDirectories(folder.resolve("target/layout/lib"));
        assertThat(packages.workerFolder()).isEqualTo(folder);
    }
}

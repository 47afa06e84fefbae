package dev.freshet.cli.lake;

import static dev.freshet.cli.CommandServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.connection.StateMachine;
import dev.freshet.cli.lake.QueriedLake.LakeFileFormat;
import dev.freshet.console.PrivateFilesTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployedLakeTest {
    private static final StackOutputs OUTPUTS =
            new StackOutputs(
                    "freshet-prod",
                    Map.of(
                            "LakeBucketName", "bucket",
                            "LakeNightArn", "night",
                            "LakeWorkgroupName", "freshet-prod",
                            "LakeDatabaseName", "freshet_prod"));

    @AutoClose
    private final FakeAws aws =
            new FakeAws()
                    .on("StartQueryExecution", "{\"QueryExecutionId\":\"q\"}")
                    .on(
                            "GetQueryExecution",
                            "{\"QueryExecution\":{\"Status\":{\"State\":\"SUCCEEDED\"}}}");

    private DeployedLake lake() {
        return new DeployedLake(aws.clients(), OUTPUTS, wait -> {});
    }

    private void rows(String json) {
        aws.on(
                "GetQueryResults",
                "{\"ResultSet\":{\"ResultSetMetadata\":{\"ColumnInfo\":[{\"Name\":\"n\",\"Type\":\"bigint\"}]},"
                        + "\"Rows\":[{\"Data\":[{\"VarCharValue\":\"n\"}]},%s]}}".formatted(json));
    }

    @Test
    void rowsBeyondTheLimitAreLeftOut() {
        rows("{\"Data\":[{\"VarCharValue\":\"7\"}]},{\"Data\":[{\"VarCharValue\":\"8\"}]}");

        assertThat(lake().query("SELECT n FROM t", 1).toJson().toString())
                .isEqualTo("{\"columns\":[\"n\"],\"rows\":[{\"n\":7}],\"more\":true}");
        assertThat(lake().query("SELECT n FROM t", 2).more()).isFalse();
        assertThat(lake().number("SELECT n FROM t")).isEqualTo(7);
    }

    @Test
    void ofArrivalsTheDoctorAsksForTheErasedRowsThatANightWasToDelete() {
        rows("{\"Data\":[{\"VarCharValue\":\"0\"}]}");

        assertThat(LakeDoctor.rows(lake(), "YESTERDAY")).isEmpty();
        assertThat(aws.requests())
                .filteredOn(request -> request.contains("FROM arrivals WHERE"))
                .singleElement()
                .asString()
                .contains("WHERE received_at < YESTERDAY AND concat(shard, sequence)");
    }

    @Test
    void aFailedQueryIsToldWithAthenasReason() {
        aws.on(
                "GetQueryExecution",
                "{\"QueryExecution\":{\"Status\":{\"State\":\"FAILED\",\"StateChangeReason\":\"line 1:8\"}}}");

        DeployedLake lake = lake();
        assertRefused(() -> lake.query("SELECT", 1), "line 1:8");
    }

    @Test
    void whatIsExportedIsForItsOwnerAloneAlsoInPlaceOfAnOpenFile(@TempDir Path out)
            throws IOException {
        Path file = Files.writeString(out.resolve("items.csv"), "of an earlier export, longer");
        aws.on("bucket/results/q.csv", "n\n7\n");

        assertThat(lake().export("SELECT", "items", LakeFileFormat.CSV, out)).containsExactly(file);

        assertThat(file).hasContent("n\n7\n");
        assertThat(PrivateFilesTest.mode(file)).isEqualTo("rw-------");
    }

    @Test
    void settlingStartsARunOverTheDaysThatAreAskedFor() {
        aws.on("StartExecution", "{\"executionArn\":\"run\"}");

        assertThat(lake().settle(14, true)).isEqualTo("run");
        assertThat(aws.requests().getLast())
                .contains("\"stateMachineArn\":\"night\"")
                .contains("{\\\"days\\\":14,\\\"purge\\\":true}");
    }

    @Test
    void theLatestRunHasItsTime() {
        aws.on(
                "ListExecutions",
                "{\"executions\":[{\"status\":\"FAILED\",\"startDate\":1.7958312E9}]}");

        StateMachine.Execution night = lake().latestNight().orElseThrow();
        assertThat(night.status()).isEqualTo("FAILED");
        assertThat(night.startedAt()).isEqualTo(Instant.ofEpochSecond(1_795_831_200));
        aws.on("ListExecutions", "{\"executions\":[]}");
        assertThat(lake().latestNight()).isEmpty();
    }

    @Test
    void aStackWithoutALakeSaysHowItGetsOne() {
        StackOutputs without = new StackOutputs("s", Map.of());

        assertRefused(() -> new DeployedLake(aws.clients(), without, wait -> {}), "-c lake=true");
    }
}

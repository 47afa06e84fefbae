package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.infra.StateMachineRun.TaskFailedException;
import dev.freshet.testkit.Thorough;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/**
 * Nights beside a delivery that commits to the table of arrivals every five minutes at the latest,
 * in virtual time. Iceberg accepts a deletion unless files were added since the statement began
 * whose rows its condition on the time of receipt does not exclude.
 */
@NullUnmarked
class LakeNightRaceTest {
    private static final int RUNS = Thorough.number(10, 1_000);
    private static final long FIRST_SEED = 20_261_130;
    private static final Instant NIGHT = Instant.parse("2026-11-28T02:10:00Z");

    /** What a query is answered with, and its one value. */
    private static final Map<?, ?> ANSWER =
            Map.of(
                    "QueryExecutionId", "1",
                    "ResultConfiguration", Map.of("OutputLocation", "s3://lake/results/1.csv"),
                    "Rows",
                            List.of(
                                    Map.of(),
                                    Map.of("Data", List.of(Map.of("VarCharValue", "1")))));

    private static final JsonNode DEFINITION = StateMachineRun.parsed(LakeNight.definition(400, 3));

    @Test
    void aNightThatRacesTheDeliveryEndsInEveryRun() throws TaskFailedException {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
            Delivery delivery = new Delivery(seed);
            delivery.run.run(DEFINITION, Map.of("days", 2, "purge", true));

            assertThat(delivery.run.path()).as("the night of seed %d", seed).endsWith("Done");
            assertThat(delivery.run.now())
                    .as("end of the night of seed %d", seed)
                    .isBefore(NIGHT.plusSeconds(DEFINITION.path("TimeoutSeconds").asLong()));
        }
    }

    @Test
    void aDeletionOfAnyDaysRowsMeetsACommit() {
        Delivery delivery = new Delivery(FIRST_SEED);

        assertThatThrownBy(
                        () ->
                                delivery.execute(
                                        "DELETE FROM arrivals WHERE shard IN (SELECT shard FROM erasures)",
                                        Duration.ofSeconds(301)))
                .hasMessageContaining("COMMIT_ERROR");
    }

    /** Athena, with statements of up to ten minutes, beside a delivery up to four hours behind. */
    private static final class Delivery implements StateMachineRun.Tasks {
        private final Random random;
        private final StateMachineRun run = new StateMachineRun(this, NIGHT);
        private final Duration behind;
        private Instant nextCommit = NIGHT;

        Delivery(long seed) {
            random = new Random(seed);
            behind =
                    random.nextInt(4) == 0
                            ? Duration.ofSeconds(random.nextInt(4 * 3_600))
                            : Duration.ofSeconds(60 + random.nextInt(300));
        }

        @Override
        public Object call(String resource, Map<String, Object> arguments)
                throws TaskFailedException {
            return switch (resource) {
                case "aws-sdk:sfn:listExecutions" -> Map.of("Executions", List.of());
                case "aws-sdk:s3:getObject" ->
                        throw new TaskFailedException("S3.NoSuchKeyException", "no such key");
                case "lambda:invoke" ->
                        Map.of(
                                "Payload",
                                ((Map<?, ?>) arguments.get("Payload")).containsKey("items")
                                        ? Map.of("part", 1, "after", "")
                                        : Map.of("more", false, "unreadable", 0));
                case "aws-sdk:s3:listObjectsV2" -> Map.of("KeyCount", 0);
                case "athena:startQueryExecution.sync" -> {
                    execute(
                            (String) arguments.get("QueryString"),
                            Duration.ofSeconds(2 + random.nextInt(600)));
                    yield Map.of("QueryExecution", ANSWER);
                }
                case "athena:getQueryResults" -> Map.of("ResultSet", ANSWER);
                default -> Map.of();
            };
        }

        /** Runs a statement, which fails if a file that concerns it was added meanwhile. */
        void execute(String sql, Duration time) throws TaskFailedException {
            Instant begun = run.now();
            Instant before = bound(sql, begun.truncatedTo(ChronoUnit.DAYS));
            run.pass(time);
            boolean conflict = false;
            while (nextCommit.isBefore(run.now())) {
                if (!nextCommit.isBefore(begun)) {
                    conflict |= firstReceived(nextCommit).isBefore(before);
                }
                nextCommit = nextCommit.plusSeconds(60 + random.nextInt(240));
            }
            if (conflict && sql.startsWith("DELETE FROM arrivals")) {
                throw new TaskFailedException(
                        "States.TaskFailed",
                        "ICEBERG_COMMIT_ERROR: Found conflicting files that can contain records");
            }
        }

        /** A delivery that is behind takes two seconds of records each second. */
        private Instant firstReceived(Instant commit) {
            Duration caughtUp = Duration.between(NIGHT, commit);
            Duration left = behind.minus(caughtUp);
            Duration usual = Duration.ofMinutes(6);
            return commit.minus(left.compareTo(usual) < 0 ? usual : left);
        }

        private static Instant bound(String sql, Instant today) {
            if (sql.contains(
                    "received_at < TIMESTAMP '"
                            + today.toString().substring(0, 10)
                            + " 00:00:00.000000'")) {
                return today;
            }
            return sql.contains("received_at < date_add('day', -14, current_date)")
                    ? today.minus(Duration.ofDays(14))
                    : Instant.MAX;
        }
    }
}

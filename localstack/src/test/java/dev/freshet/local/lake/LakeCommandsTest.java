package dev.freshet.local.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cli.lake.LakeCommand;
import dev.freshet.local.command.CommandRun;
import dev.freshet.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands over a lake in a folder, without a local cloud. */
class LakeCommandsTest {
    @TempDir private Path state;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T12:00:00Z"));

    @BeforeEach
    void fill() {
        List<byte[]> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            long micros = clock.instant().minusSeconds(86_400L * i).getEpochSecond() * 1_000_000;
            rows.add(
                    """
                    {"kind":"interaction","pseudonym":"p%d","event_id":"e%d","occurred_ns":%d,"occurred_at":%d,"corrected_at":%d,"received_at":%d,"type":"click","target_kind":"item","target_id":"a","strength":1.0,"shard":"s","sequence":"%060d"}
                    """
                            .formatted(i % 2, i, micros * 1_000, micros, micros, micros, i)
                            .getBytes(UTF_8));
        }
        rows.add(rows.getFirst());
        try (LocalLake lake = new LocalLake(state.resolve("lake"))) {
            lake.append(rows);
        }
    }

    private CommandRun run(String... words) {
        return CommandRun.of(state, new LakeCommand(clock), words);
    }

    /** Returns what a command that succeeds prints as JSON. */
    private JsonNode json(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--json");
        return run(all.toArray(String[]::new)).json();
    }

    @Test
    void settlingTwiceChangesNothingTheSecondTime() throws IOException {
        assertThat(json("settle").path("inserted").asInt()).isEqualTo(6);
        assertThat(json("settle").path("inserted").asInt()).isZero();
    }

    @Test
    void rowsExpireByTheDayOfTheClock() throws IOException {
        run("settle");
        clock.advance(Duration.ofDays(15));
        assertThat(json("settle").path("expired").asInt()).as("days of arrivals").isEqualTo(6);
        clock.advance(Duration.ofDays(382));
        assertThat(json("settle").path("expired").asInt()).as("400 days are kept").isEqualTo(2);
        assertThat(json("settle", "--days=397").path("expired").asInt()).isEqualTo(3);
        assertThat(json("status").at("/tables/interactions/days").asInt()).isOne();
        assertThat(json("query", "--named", "events-by-day").path("rows"))
                .as("of the last 28 days")
                .isEmpty();
    }

    @Test
    void aQueryPrintsRowsAsTextOrJson() throws IOException {
        run("settle");
        CommandRun byType =
                run("query", "SELECT type, count(*) AS n FROM interactions GROUP BY type");
        assertThat(byType.code()).isZero();
        assertThat(byType.out()).isEqualTo("type   n\nclick  6\n");
        assertThat(json("query", "--named", "events-by-day").path("rows")).hasSize(6);
        CommandRun named = run("query");
        assertThat(named.code()).isZero();
        assertThat(named.out()).contains("off-policy", "erasure-reach");
    }

    @ParameterizedTest
    @CsvSource({
        "query, SELEKT 1, SELEKT",
        "query, --named=nothing, No query is named nothing",
        "query, --named=chosen-after, give --item",
        "user, ann, does not run"
    })
    void aMistakeIsOneSentenceAndExitCodeOne(String command, String argument, String sentence) {
        CommandRun refused = run(command, argument);
        assertThat(refused.code()).isOne();
        assertThat(refused.err()).contains(sentence).doesNotContain("\tat ");
    }

    @Test
    void aTableIsExportedByDay() throws IOException {
        run("settle");
        Path folder = state.resolve("out");
        String into = folder.toString();
        JsonNode exported = json("export", "--table=interactions", "--format=csv", into);
        assertThat(exported.path("rows").asInt()).isEqualTo(6);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.toList())
                    .hasSize(6)
                    .extracting(file -> Files.getPosixFilePermissions(file))
                    .containsOnly(Set.of(OWNER_READ, OWNER_WRITE));
        }
        assertThat(run("export", "--table=merges", "--format=jsonl", into).code()).isZero();
        assertThat(folder.resolve("merges.jsonl")).exists();
        assertThat(run("export", "--table=merges", "--from=2026-01-01", into).code()).isOne();
    }

    @Test
    void theStatusCountsRowsDaysAndRepeats() throws IOException {
        JsonNode status = json("status");
        assertThat(status.at("/tables/arrivals/rows").asInt()).isEqualTo(7);
        assertThat(status.at("/tables/arrivals/days").asInt()).isEqualTo(6);
        assertThat(status.path("repeats").asInt()).isOne();
        assertThat(status.path("ageSeconds").asLong()).isZero();
    }

    @Test
    void theDoctorTellsWhatIsNotInOrder() throws IOException {
        CommandRun sound = run("doctor");
        assertThat(sound.code()).isZero();
        assertThat(sound.out()).isEqualTo("The lake is in order.\n");
        Path errors = Files.createDirectories(state.resolve("lake/errors/iceberg-failed"));
        Files.writeString(errors.resolve("x.json"), "{}\n");
        CommandRun given = run("doctor", "--json");
        assertThat(given.code()).isOne();
        assertThat(given.last().path("findings").has("rows-given-up")).isTrue();
    }

    @Test
    void withoutALakeItSaysHowToHaveOne() {
        CommandRun none = CommandRun.of("lake", "status", "--state=" + state.resolve("none"));
        assertThat(none.code()).isOne();
        assertThat(none.err()).contains("--option lake=true");
    }
}

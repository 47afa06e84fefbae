package dev.freshet.local.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.Freshet;
import dev.freshet.cli.lake.LakeCommand;
import dev.freshet.testkit.SettableClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands over a lake in a folder, without a local cloud. */
class LakeCommandsTest {
    @TempDir private Path state;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
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

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("lake"));
        all.addAll(List.of(args));
        all.add("--state=" + state);
        CommandLine line = Freshet.commandLine();
        line.getCommandSpec().removeSubcommand("lake");
        line.addSubcommand(new LakeCommand(clock));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(all.toArray(String[]::new));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toString());
    }

    @Test
    void settlingTwiceChangesNothingTheSecondTime() throws IOException {
        assertThat(run("settle", "--json")).isZero();
        assertThat(json().path("inserted").asInt()).isEqualTo(6);
        assertThat(run("settle", "--json")).isZero();
        assertThat(json().path("inserted").asInt()).isZero();
    }

    @Test
    void rowsExpireByTheDayOfTheClock() throws IOException {
        run("settle");
        clock.advance(Duration.ofDays(15));
        assertThat(run("settle", "--json")).isZero();
        assertThat(json().path("expired").asInt()).as("days of arrivals").isEqualTo(6);

        clock.advance(Duration.ofDays(382));
        assertThat(run("settle", "--json")).isZero();
        assertThat(json().path("expired").asInt()).as("400 days are kept").isEqualTo(2);
        assertThat(run("settle", "--days=397", "--json")).isZero();
        assertThat(json().path("expired").asInt()).isEqualTo(3);

        assertThat(run("status", "--json")).isZero();
        assertThat(json().at("/tables/interactions/days").asInt()).isOne();
        assertThat(run("query", "--named", "events-by-day", "--json")).isZero();
        assertThat(json().path("rows")).as("of the last 28 days").isEmpty();
    }

    @Test
    void aQueryPrintsRowsAsTextOrJson() throws IOException {
        run("settle");

        assertThat(run("query", "SELECT type, count(*) AS n FROM interactions GROUP BY type"))
                .isZero();
        assertThat(out.toString()).isEqualTo("type   n\nclick  6\n");
        assertThat(run("query", "--named", "events-by-day", "--json")).isZero();
        assertThat(json().path("rows")).hasSize(6);
        assertThat(run("query")).isZero();
        assertThat(out.toString()).contains("off-policy", "erasure-reach");
    }

    @Test
    void aMistakeIsOneSentenceAndExitCodeOne() {
        assertThat(run("query", "SELEKT 1")).isOne();
        assertThat(err.toString()).contains("SELEKT").doesNotContain("\tat ");
        assertThat(run("query", "--named", "nothing")).isOne();
        assertThat(err.toString()).contains("No query is named nothing");
        assertThat(run("query", "--named", "chosen-after")).isOne();
        assertThat(err.toString()).contains("give --item");
        assertThat(run("user", "ann")).isOne();
        assertThat(err.toString()).contains("does not run");
    }

    @Test
    void aTableIsExportedByDay() throws IOException {
        run("settle");
        Path folder = state.resolve("out");

        assertThat(
                        run(
                                "export",
                                "--table=interactions",
                                "--format=csv",
                                "--json",
                                folder.toString()))
                .isZero();

        assertThat(json().path("rows").asInt()).isEqualTo(6);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.toList()).hasSize(6);
        }
        assertThat(run("export", "--table=merges", "--format=jsonl", folder.toString())).isZero();
        assertThat(folder.resolve("merges.jsonl")).exists();
        assertThat(run("export", "--table=merges", "--from=2026-01-01", folder.toString())).isOne();
    }

    @Test
    void theStatusCountsRowsDaysAndRepeats() throws IOException {
        assertThat(run("status", "--json")).isZero();

        assertThat(json().path("tables").path("arrivals").path("rows").asInt()).isEqualTo(7);
        assertThat(json().path("tables").path("arrivals").path("days").asInt()).isEqualTo(6);
        assertThat(json().path("repeats").asInt()).isOne();
        assertThat(json().path("ageSeconds").asLong()).isZero();
    }

    @Test
    void theDoctorTellsWhatIsNotInOrder() throws IOException {
        assertThat(run("doctor")).isZero();
        assertThat(out.toString()).isEqualTo("The lake is in order.\n");

        Path errors = Files.createDirectories(state.resolve("lake/errors/iceberg-failed"));
        Files.writeString(errors.resolve("x.json"), "{}\n");

        assertThat(run("doctor", "--json")).isOne();
        assertThat(json().path("findings").has("rows-given-up")).isTrue();
    }

    @Test
    void withoutALakeItSaysHowToHaveOne() {
        CommandLine line = Freshet.commandLine();
        line.setErr(new PrintWriter(err, true));

        assertThat(line.execute("lake", "status", "--state=" + state.resolve("none"))).isOne();
        assertThat(err.toString()).contains("--option lake=true");
    }
}

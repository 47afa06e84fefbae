package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.Freshet;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theCommandLineFindsEveryBench() {
        CommandLine line = Freshet.commandLine();
        line.setOut(new PrintWriter(out, true));
        assertThat(line.execute("bench", "--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "freshness",
                        "recommend",
                        "coldstart",
                        "thaw",
                        "model",
                        "rebuild",
                        "neighbours",
                        "load",
                        "input",
                        "experiments",
                        "prior")
                .doesNotContain("flame");
    }

    @Test
    void theCommandNeedsASubcommand() {
        assertThat(run("bench")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "freshness, recommend, coldstart, thaw, model, rebuild, neighbours, load, input, experiments or prior");
    }

    @Test
    void numbersOutOfBoundsAreRefusedBeforeAnythingStarts() {
        assertThat(run("bench", "coldstart", "--runs", "0")).isEqualTo(1);
        assertThat(run("bench", "thaw", "--stopped", "1")).isEqualTo(1);
        assertThat(run("bench", "recommend", "--concurrency", "1000")).isEqualTo(1);
        assertThat(run("bench", "freshness", "--rate", "NaN")).isEqualTo(1);
        assertThat(run("bench", "freshness", "--pairs", "51")).isEqualTo(1);
        assertThat(run("bench", "rebuild", "--rows", "10")).isEqualTo(1);
        assertThat(run("bench", "model", "--scene", "moon")).isEqualTo(1);
        assertThat(run("bench", "model", "--data", "nowhere")).isEqualTo(1);
        assertThat(run("bench", "neighbours", "--items", "999")).isEqualTo(1);
        assertThat(run("bench", "load", "--rps", "5001")).isEqualTo(1);
        assertThat(run("bench", "load", "--soak", "5")).isEqualTo(1);
        assertThat(run("bench", "load", "--traffic", "all")).isEqualTo(1);
        assertThat(run("bench", "load", "--endpoint", "https://example.org")).isEqualTo(1);
        assertThat(run("bench", "input", "--conditions", "201")).isEqualTo(1);
        assertThat(run("bench", "experiments", "--looks", "0")).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "--rps must be between",
                        "--soak must be between",
                        "--traffic must be collect",
                        "--endpoint must be a local cloud on this machine",
                        "--items must be between",
                        "--conditions must be between",
                        "--looks must be between",
                        "--runs must be between",
                        "--stopped must be between",
                        "--concurrency must be between",
                        "--rate must be above 0",
                        "--pairs must be between",
                        "--rows must be between",
                        "--scene must be one of gowalla",
                        "no train.txt in nowhere");
    }

    private int run(String... arguments) {
        CommandLine line = Freshet.commandLine();
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}

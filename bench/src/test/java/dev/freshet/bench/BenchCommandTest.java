package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.Freshet;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                        """
                freshness recommend coldstart model rebuild neighbours load input \
                experiments prior privacy"""
                                .split(" ", -1))
                .doesNotContain("flame");
    }

    @Test
    void theCommandNeedsASubcommand() {
        assertThat(run("bench")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "freshness, recommend, coldstart, model, rebuild, neighbours, load, input, experiments, prior or privacy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    coldstart --runs 0                  | --runs must be between
                    recommend --concurrency 1000        | --concurrency must be between
                    freshness --rate NaN                | --rate must be above 0
                    freshness --pairs 51                | --pairs must be between
                    rebuild --rows 10                   | --rows must be between
                    model --scene moon                  | --scene must be one of gowalla
                    model --data nowhere                | no train.txt in nowhere
                    neighbours --items 999              | --items must be between
                    load --rps 5001                     | --rps must be between
                    load --soak 5                       | --soak must be between
                    load --traffic all                  | --traffic must be collect
                    load --endpoint https://example.org | --endpoint must be a local cloud on this machine
                    input --conditions 201              | --conditions must be between
                    experiments --looks 0               | --looks must be between
                    privacy deskdrop --known 0          | --known must be between
                    privacy newspaper                   | needs recorded people
                    """)
    void numbersOutOfBoundsAreRefusedBeforeAnythingStarts(String words, String sentence) {
        assertThat(run(("bench " + words).split(" ", -1))).isEqualTo(1);
        assertThat(err.toString()).contains(sentence);
    }

    private int run(String... arguments) {
        CommandLine line = Freshet.commandLine();
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}

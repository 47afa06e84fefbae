package dev.freshet.cli.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.Freshet;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands without the database of a local lake, as in the command line's own jar. */
class LakeCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        CommandLine line = Freshet.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "settle", "doctor", "query"})
    void aLocalLakeIsReadByACheckout(String command) {
        assertThat(run("lake", command, "--state=nowhere")).isOne();

        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("'./freshet' of a checkout", "--stack");
    }

    @Test
    void theHelpNamesEveryCommandAndTheStack() {
        assertThat(run("lake", "--help")).isZero();
        assertThat(out.toString())
                .contains("query", "export", "settle", "status", "doctor", "user", "--stack");
        assertThat(run("lake")).isOne();
        assertThat(err.toString()).contains("Name what to do");
    }

    @Test
    void formatsAreNamedInSmallLetters() {
        assertThat(run("lake", "export", "--help")).isZero();
        assertThat(out.toString()).contains("parquet, csv, jsonl");
    }
}

package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FreshetTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(CommandLine line, String... arguments) {
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void everyCommandHasHelp() {
        for (String command : Freshet.commandLine().getSubcommands().keySet()) {
            if (!command.equals("help")) {
                assertThat(run(Freshet.commandLine(), command, "--help")).as(command).isZero();
            }
        }
        assertThat(out.toString()).contains("freshet up").contains("freshet status");
    }

    @Test
    void whatIsNotUnderstoodEndsWithTwoAndPointsToTheHelp() {
        assertThat(run(Freshet.commandLine(), "up", "--prot", "1")).isEqualTo(2);
        assertThat(err.toString()).contains("--prot").contains("--help").doesNotContain("\tat ");
    }

    @Test
    void statusWithoutALocalCloudSaysWhatToDo(@TempDir Path folder) {
        System.setProperty("freshet.home", folder.toString());
        try {
            assertThat(run(Freshet.commandLine(), "status")).isEqualTo(1);
        } finally {
            System.clearProperty("freshet.home");
        }
        assertThat(err.toString()).contains("freshet up");
    }

    @Command(name = "break")
    private static final class Breaking implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new IllegalStateException("inner workings");
        }
    }

    @Test
    void aDefectIsOneSentenceAndNoStackTrace() {
        CommandLine line = Freshet.commandLine();
        line.addSubcommand(new Breaking());

        assertThat(run(line, "break")).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("inner workings").doesNotContain("\tat ");
    }
}

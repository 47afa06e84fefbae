package dev.freshet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.Freshet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import picocli.CommandLine;

/** What a command of the command line ended with and printed. */
public record CommandRun(int code, String out, String err) {

    /** Runs a command in this process. */
    public static CommandRun of(String... words) {
        return of(Freshet.commandLine(), words);
    }

    /** Runs a command of a command line that was put together for a test. */
    public static CommandRun of(CommandLine line, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                line.setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(words);
        return new CommandRun(code, out.toString(), err.toString());
    }

    /** Returns the JSON in the last line, whether the command succeeded or not. */
    JsonNode last() throws IOException {
        return Objects.requireNonNull(
                new ObjectMapper().readTree(out.strip().lines().toList().getLast()));
    }

    /** Returns the JSON in the last line of a command that succeeded. */
    public JsonNode json() throws IOException {
        assertThat(code).as(err).isZero();
        return last();
    }
}

package dev.freshet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.Freshet;
import dev.freshet.local.TestCloud;
import dev.freshet.local.emulator.Child;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** What a command of the command line ended with and printed. */
public record CommandRun(int code, String out, String err) {

    /** Runs a command in this process. */
    public static CommandRun of(String... words) {
        return of(Freshet.commandLine(), words);
    }

    /** Runs a command in this process, on the state of a local cloud. */
    public static CommandRun of(Path state, String command, String... words) {
        return of(Freshet.commandLine(), onState(state, command, words));
    }

    /** Runs a command in place of the one of its name, on the state of a local cloud. */
    public static CommandRun of(Path state, Object command, String... words) {
        CommandLine line = Freshet.commandLine();
        String name = new CommandLine(command).getCommandName();
        line.getCommandSpec().removeSubcommand(name);
        line.addSubcommand(command);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return of(line, onState(state, name, words));
    }

    private static String[] onState(Path state, String command, String... words) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(words));
        all.add("--state=" + state);
        return all.toArray(String[]::new);
    }

    /** Returns a command in a process of its own, which is not started. */
    public static ProcessBuilder process(List<String> jvmOptions, String... words) {
        List<String> command = new ArrayList<>(List.of(Child.java()));
        command.addAll(jvmOptions);
        command.add("-Dfreshet.home=" + TestCloud.HOME);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Freshet.class.getName());
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    private static CommandRun of(CommandLine line, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                line.setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(words);
        return new CommandRun(code, out.toString(), err.toString());
    }

    /** Runs a process, whose output is kept in a folder, for some seconds at most. */
    public static CommandRun of(ProcessBuilder builder, Path folder, int seconds)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            assertThat(process.waitFor(seconds, TimeUnit.SECONDS))
                    .as("%s", builder.command())
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new CommandRun(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Returns the JSON in the last line, whether the command succeeded or not. */
    public JsonNode last() throws IOException {
        return Objects.requireNonNull(
                new ObjectMapper().readTree(out.strip().lines().toList().getLast()));
    }

    /** Returns the JSON in the last line of a command that succeeded. */
    public JsonNode json() throws IOException {
        assertThat(code).as(err).isZero();
        return last();
    }
}

package dev.freshet.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.FormatMethod;
import java.io.Console;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The output of a command and its option {@code --json}, to be mixed into the command
 * ({@code @Mixin Output output}). Results go to standard output; notes and progress go to standard
 * error, so that a script can read standard output.
 */
public final class Output {

    @Option(
            names = "--json",
            description = "Print one JSON object as the last line of standard output.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /** Returns whether the output is for a program. */
    public boolean json() {
        return json;
    }

    /**
     * Prints the result: the object as one line with {@code --json}, else the text.
     *
     * @param object JSON, or a record, whose times are texts and whose absent members are left out
     * @return the exit code of success
     */
    public int result(Object object, Object text) {
        PrintWriter out = command.commandLine().getOut();
        out.println(
                Text.printable(json ? StateFile.json(object).toString() : String.valueOf(text)));
        out.flush();
        return 0;
    }

    /** Prints the result likewise, with the text by a format of {@link java.util.Formatter}. */
    @FormatMethod
    public int result(Object object, String format, @Nullable Object... arguments) {
        return result(object, new Text().add(format, arguments));
    }

    /**
     * Prints the result: the object as one line with {@code --json}, else over several lines.
     *
     * @return the exit code of success
     */
    public int result(JsonNode object) {
        return result(object, object.toPrettyString());
    }

    /** Prints a line for people to standard error while the command runs. */
    public void note(String line) {
        PrintWriter err = command.commandLine().getErr();
        err.println(Text.printable(line));
        err.flush();
    }

    /** Returns a progress bar for work of {@code total} steps, shown only after a second. */
    @SuppressWarnings(
            "SystemConsoleNull") // JDK 25 gives null again where there is no terminal (JDK-8351435)
    public Progress progress(String what, long total) {
        Console console = System.console();
        boolean terminal = console != null && console.isTerminal() && !json;
        return new Progress(
                command.commandLine().getErr(), what, total, terminal, System::nanoTime);
    }
}

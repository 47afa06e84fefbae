package dev.freshet.casestudy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Freshet;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs commands of the product's own command line in this process, as a person would. */
final class ProductCommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProductCommand() {}

    /**
     * Returns what a command prints to standard output.
     *
     * @throws CommandException with the command's own sentence, if it fails
     */
    static String text(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Freshet.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        int exitCode = line.execute(words);
        if (exitCode != 0) {
            throw new CommandException(
                    "'freshet %s' ended with %d: %s"
                            .formatted(words[0], exitCode, err.toString().strip()));
        }
        return out.toString().strip();
    }

    /** Returns the JSON object that a command with {@code --json} prints. */
    static JsonNode json(String... words) {
        try {
            return JSON.readTree(text(words));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("'freshet " + words[0] + "' printed no JSON", e);
        }
    }
}

package dev.freshet.cli.accept;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.Freshet;
import dev.freshet.console.CommandException;
import dev.freshet.folder.Checkout;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** The other commands of this command line, on the stack that is tried. */
interface Commands {
    /**
     * Runs a command that names its stack itself, and returns what it prints with {@code --json}.
     *
     * @throws CommandException with what it says, where its exit code is not 0
     */
    JsonNode run(String... words);

    /** Returns what {@code freshet cost} says; empty outside a checkout, which it needs. */
    default Optional<JsonNode> cost() {
        return Checkout.locate().map(_ -> on(List.of()).run("cost"));
    }

    /**
     * Returns the commands of this process.
     *
     * @param where the options that name the stack, such as {@code --stack NAME}
     */
    static Commands on(List<String> where) {
        return words -> {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            CommandLine line = Freshet.commandLine();
            line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
            List<String> all = new ArrayList<>(List.of(words));
            all.addAll(where);
            all.add("--json");
            int code = line.execute(all.toArray(String[]::new));
            CommandException.require(
                    code == 0,
                    "'freshet %s' ended with %d: %s",
                    String.join(" ", words),
                    code,
                    (err + " " + out).strip());
            try {
                return new ObjectMapper().readTree(out.toString().lines().toList().getLast());
            } catch (JsonProcessingException notJson) {
                throw new CommandException(notJson);
            }
        };
    }
}

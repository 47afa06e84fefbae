package dev.freshet.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.Checkout;
import dev.freshet.cli.CommandException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Synthesizes templates by the CDK app of the checkout, or reads a file. */
final class TemplateSource {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The longest time that a synthesis may take. */
    private static final long LIMIT_SECONDS = 300;

    private TemplateSource() {}

    /**
     * Synthesizes the stack that options describe, into a folder below {@code target}.
     *
     * @param name of the folder
     * @param options the CDK context
     */
    static StackTemplate synthesized(String name, Map<String, String> options)
            throws InterruptedException {
        Path home = Checkout.find();
        Path out = home.resolve("infra/target/cost").resolve(name);
        Path log = out.resolveSibling(name + ".log");
        try {
            Files.createDirectories(out);
            ProcessBuilder app =
                    new ProcessBuilder(
                                    "sh", home.resolve("infra/app.sh").toString(), out.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .redirectInput(new File("/dev/null"));
            app.environment().put("CDK_CONTEXT_JSON", JSON.writeValueAsString(options));
            Process running = app.start();
            if (!running.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly();
                throw new CommandException("The stack was not synthesized in five minutes.");
            }
            if (running.exitValue() != 0) {
                throw new CommandException(
                        "The stack could not be synthesized: " + Files.readString(log).strip());
            }
            return read(out.resolve("Freshet.template.json"));
        } catch (IOException unusable) {
            throw new CommandException("The stack could not be synthesized: " + unusable);
        }
    }

    /** Reads a template from a file. */
    static StackTemplate read(Path file) {
        return new StackTemplate(json(file));
    }

    /** Reads a JSON file that the caller named. */
    static JsonNode json(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException unreadable) {
            throw new CommandException(file + " cannot be read as JSON: " + unreadable);
        }
    }
}

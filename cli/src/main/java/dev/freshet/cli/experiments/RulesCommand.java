package dev.freshet.cli.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.EventTypesOption;
import dev.freshet.cli.Output;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.ConnectionOptions;
import dev.freshet.event.EventTypes;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.NamedRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code freshet rules}: works with the named rules of a stack. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = "Checks rules of lists, puts them into a stack, and prints them.")
public final class RulesCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String NAME = "Name of the rule.";
    private static final String FILE = "JSON file with one rule.";

    @Override
    public Integer call() {
        throw new CommandException("Name what to do: check, put, list, show or delete.");
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Checks a rule without a stack.")
    int check(
            @Parameters(paramLabel = "FILE", description = FILE) Path file,
            @Mixin EventTypesOption types,
            @Mixin Output output) {
        NamedRule rule = checked(read(file), types.find().orElse(EventTypes.BUILT_IN));
        output.result(
                JsonNodeFactory.instance.objectNode().put("nodes", rule.nodes()),
                "The rule has %d conditions and groups.".formatted(rule.nodes()));
        return 0;
    }

    @Command(
            name = "put",
            mixinStandardHelpOptions = true,
            description = "Puts a rule into a stack, in place of one of that name.")
    int put(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Parameters(paramLabel = "FILE", description = FILE) Path file,
            @Mixin ConnectionOptions stack,
            @Mixin Output output) {
        JsonNode rule = json(file);
        JsonNode stored = stack.call(client -> client.put(path(name), rule)).body();
        output.result(stored, "The rule " + name + " is stored.");
        return 0;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the rules of a stack.")
    int list(@Mixin ConnectionOptions stack, @Mixin Output output) {
        JsonNode answer = stack.call(client -> client.get("/v1/rules")).body();
        List<String> lines = new ArrayList<>();
        answer.path("rules")
                .forEach(each -> lines.add(each.path("name").asText() + "  " + each.path("rule")));
        output.result(
                answer,
                lines.isEmpty()
                        ? "There are no rules."
                        : String.join(System.lineSeparator(), lines));
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Prints a rule of a stack.")
    int show(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Mixin ConnectionOptions stack,
            @Mixin Output output) {
        output.result(stack.call(client -> client.get(path(name))).body());
        return 0;
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes a rule from a stack.")
    int delete(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Mixin ConnectionOptions stack,
            @Mixin Output output) {
        stack.call(client -> client.delete(path(name)));
        output.result(
                JsonNodeFactory.instance.objectNode().put("deleted", name),
                "There is no rule " + name + " any more.");
        return 0;
    }

    private static String path(String name) {
        return "/v1/rules/" + FreshetClient.segment(name);
    }

    private static NamedRule checked(byte[] document, EventTypes types) {
        try {
            return NamedRule.read("rule", document, types);
        } catch (InvalidQueryException invalid) {
            throw new CommandException(String.valueOf(invalid.getMessage()), invalid);
        }
    }

    private static JsonNode json(Path file) {
        byte[] document = read(file);
        if (document.length > NamedRule.MAX_BYTES) {
            throw new CommandException(
                    "%s has more than %,d bytes.".formatted(file, NamedRule.MAX_BYTES));
        }
        try {
            return MAPPER.readTree(document);
        } catch (IOException malformed) {
            throw new CommandException(file + " is not JSON.", malformed);
        }
    }

    private static byte[] read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(NamedRule.MAX_BYTES + 1);
        } catch (IOException unreadable) {
            throw new CommandException("There is no readable file " + file + ".", unreadable);
        }
    }
}

package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.api.FreshetClient;
import dev.freshet.cli.EventTypesOption;
import dev.freshet.cli.connection.ApiOptions;
import dev.freshet.console.CommandException;
import dev.freshet.console.JsonFile;
import dev.freshet.console.Output;
import dev.freshet.console.Text;
import dev.freshet.event.EventTypes;
import dev.freshet.example.Example.Definition;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.NamedRule;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code freshet rules}: works with the named rules of a stack. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = "Checks rules of lists, puts them into a stack, and prints them.")
public final class RulesCommand {
    private static final String NAME = "Name of the rule.";
    private static final String FILE = "JSON file with one rule.";

    @Command(mixinStandardHelpOptions = true, description = "Checks a rule without a stack.")
    int check(
            @Parameters(paramLabel = "FILE", description = FILE) Path file,
            @Mixin EventTypesOption types,
            @Mixin Output output) {
        byte[] document = JsonFile.bytes(file, Definition.MAX_BYTES);
        try {
            EventTypes known = types.find().orElse(EventTypes.BUILT_IN);
            int nodes = NamedRule.read("rule", document, known).nodes();
            return output.result(
                    Map.of("nodes", nodes), "The rule has %d conditions and groups.", nodes);
        } catch (InvalidQueryException invalid) {
            throw new CommandException(invalid);
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Puts a rule into a stack, in place of one of that name.")
    int put(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Parameters(paramLabel = "FILE", description = FILE) Path file,
            @Mixin ApiOptions api) {
        JsonNode rule = JsonFile.read(file, Definition.MAX_BYTES);
        JsonNode stored = api.put(path(name), rule).body();
        return api.print(stored, "The rule " + name + " is stored.");
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the rules of a stack.")
    int list(@Mixin ApiOptions api) {
        JsonNode answer = api.get("/v1/rules").body();
        Text text = new Text();
        for (JsonNode each : answer.path("rules")) {
            text.add("%s  %s", each.path("name").asText(), each.path("rule"));
        }
        return api.print(answer, text.isEmpty() ? "There are no rules." : text.toString());
    }

    @Command(mixinStandardHelpOptions = true, description = "Prints a rule of a stack.")
    int show(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Mixin ApiOptions api) {
        return api.print(api.get(path(name)).body());
    }

    @Command(mixinStandardHelpOptions = true, description = "Deletes a rule from a stack.")
    int delete(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Mixin ApiOptions api) {
        api.delete(path(name));
        return api.output().result(Map.of("deleted", name), "There is no rule %s any more.", name);
    }

    private static String path(String name) {
        return "/v1/rules/" + FreshetClient.segment(name);
    }
}

package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.option.StackOption;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code freshet options}: the options of a stack with their values, defaults and meanings. */
@Command(
        name = "options",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the options that a stack is deployed with: name, values, default, meaning.",
            "cdk deploy takes them by -c NAME=VALUE, up and demo by --option NAME=VALUE."
        })
final class OptionsCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Only options with this text in their name or meaning.")
    private String text = "";

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        StringBuilder words = new StringBuilder();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray("options");
        String wanted = text.toLowerCase(Locale.ROOT);
        for (StackOption<?> option : StackOptions.all()) {
            // meanings are Markdown whose links lead to pages of docs
            String meaning = option.meaning().replaceAll("\\[([^]]*)]\\(([^)]*)\\)", "$1");
            if ((option.name() + " " + meaning).toLowerCase(Locale.ROOT).contains(wanted)) {
                String values = option.type().values();
                String unless = option.fallback().map(StackOption.Default::words).orElse("none");
                list.addObject()
                        .put("name", option.name())
                        .put("values", values)
                        .put("default", unless)
                        .put("meaning", meaning);
                words.append(
                        "%s: %s; default %s%n    %s%n"
                                .formatted(option.name(), values, unless, meaning));
            }
        }
        if (list.isEmpty()) {
            throw new CommandException("No option has '" + text + "' in its name or meaning.");
        }
        output.result(answer, words.toString().stripTrailing());
        return 0;
    }
}

package dev.freshet.cli.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.freshet.aws.option.StackOption;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        Text words = new Text();
        List<Described> options = new ArrayList<>();
        String wanted = text.toLowerCase(Locale.ROOT);
        for (StackOption<?> option : StackOptions.all()) {
            // meanings are Markdown whose links lead to pages of docs
            String meaning =
                    option.meaning()
                            .replaceAll(" \\(\\[[^]]*]\\([^)]*\\)\\)", "")
                            .replaceAll("\\(\\[[^]]*]\\([^)]*\\), ", "(")
                            .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
            if ((option.name() + " " + meaning).toLowerCase(Locale.ROOT).contains(wanted)) {
                String values = option.type().values();
                String unless = option.fallback().map(StackOption.Default::words).orElse("none");
                options.add(new Described(option.name(), values, unless, meaning));
                words.add("%s: %s; default %s", option.name(), values, unless);
                words.add("    %s", meaning);
            }
        }
        CommandException.require(
                !options.isEmpty(), "No option has '%s' in its name or meaning.", text);
        return output.result(Map.of("options", options), words);
    }

    /** An option as the command prints it. */
    private record Described(
            String name, String values, @JsonProperty("default") String usual, String meaning) {}
}

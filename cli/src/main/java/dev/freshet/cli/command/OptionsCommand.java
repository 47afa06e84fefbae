package dev.freshet.cli.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.freshet.aws.option.StackOption;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.cli.connection.GivenOptions;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.console.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet options}: the options of a stack with their values, defaults and meanings. */
@Command(
        name = "options",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the options that a stack is deployed with: name, values, default, meaning.",
            "cdk deploy takes them from freshet.json beside the CDK app and by -c NAME=VALUE, up and demo"
                    + " by --option NAME=VALUE."
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

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Compares the options of the next deployment with those that a stack on AWS was deployed"
                        + " with, and says what each change means.",
                "Exit codes: 0 nothing is lost for good, 1 a one-way change is among them that is not"
                        + " allowed."
            })
    int diff(
            @Mixin StackOutputs.StackNameOption stack,
            @Mixin GivenOptions options,
            @Option(
                            names = "--template",
                            paramLabel = "FILE",
                            description = "Also compares the template that would be deployed.")
                    @Nullable Path template,
            @Option(
                            names = "--allow",
                            split = ",",
                            paramLabel = "NAME",
                            description = "Options whose one-way changes are allowed.")
                    @Nullable Set<String> allowed,
            @Mixin Output output) {
        StackOutputs outputs =
                stack.outputs().orElseThrow(CommandException.saying("Name it: --stack NAME."));
        try {
            Set<String> lost = allowed == null ? Set.of() : allowed;
            OptionsDiff diff = OptionsDiff.of(outputs, options, template, lost);
            output.result(diff, diff.toText());
            return diff.refused().isEmpty() ? 0 : 1;
        } catch (IOException | IllegalArgumentException refused) {
            throw new CommandException(refused);
        }
    }

    /** An option as the command prints it. */
    private record Described(
            String name, String values, @JsonProperty("default") String usual, String meaning) {}
}

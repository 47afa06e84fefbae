package dev.freshet.bench;

import dev.freshet.cli.CommandException;
import dev.freshet.local.Options;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import dev.freshet.local.template.TemplateReader;
import java.nio.file.Path;

/** The functions of the synthesised template. */
final class TemplateFunction {
    private TemplateFunction() {}

    /**
     * Returns the definition of a function.
     *
     * @param home a built checkout
     * @throws CommandException if the template has no such function
     */
    static FunctionDefinition definition(Path home, String name) {
        return TemplateReader.read(Options.of(home).template()).functions().stream()
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new CommandException("The template has no function " + name + "."));
    }
}

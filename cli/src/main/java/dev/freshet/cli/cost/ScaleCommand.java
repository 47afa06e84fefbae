package dev.freshet.cli.cost;

import dev.freshet.cli.CommandException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code freshet scale}: what a stack needs for a load. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description = "Says what a stack needs for a load, and which step of growth applies.",
        subcommands = ScalePlanCommand.class)
final class ScaleCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new CommandException("Name what to do: 'freshet scale plan'.");
    }
}

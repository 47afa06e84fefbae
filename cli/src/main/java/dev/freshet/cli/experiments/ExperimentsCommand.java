package dev.freshet.cli.experiments;

import dev.freshet.cli.CommandException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code freshet experiments}: works with definitions of experiments. */
@Command(
        name = "experiments",
        mixinStandardHelpOptions = true,
        description =
                "Checks definitions of experiments, puts them into a stack, and prints what they show.",
        subcommands = {
            CheckExperimentsCommand.class,
            PutExperimentCommand.class,
            ListExperimentsCommand.class,
            ShowExperimentCommand.class,
            ExperimentResultsCommand.class,
            StopExperimentCommand.class,
            DeleteExperimentCommand.class
        })
final class ExperimentsCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new CommandException(
                "Name what to do: check, put, list, show, results, stop or delete.");
    }
}

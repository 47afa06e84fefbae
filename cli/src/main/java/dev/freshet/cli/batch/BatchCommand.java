package dev.freshet.cli.batch;

import dev.freshet.cli.CommandException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code freshet batch}: brings the results of batch jobs to the model. */
@Command(
        name = "batch",
        mixinStandardHelpOptions = true,
        description = "Brings what batch jobs computed over the whole history to the model.",
        subcommands = AnnounceCommand.class)
final class BatchCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new CommandException("Name what to do: 'freshet batch announce FILE'.");
    }
}

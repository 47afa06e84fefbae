package dev.freshet.cli.quarantine;

import dev.freshet.cli.CommandException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code freshet quarantine}: records that could not be taken. */
@Command(
        name = "quarantine",
        mixinStandardHelpOptions = true,
        description = {
            "Lists, shows, retries and drops records that could not be taken, those that an event"
                    + " source mapping gave up included.",
            "Works on the running local cloud, or on AWS where --bucket or the environment names a"
                    + " bucket."
        },
        subcommands = {
            ListQuarantineCommand.class,
            ShowCommand.class,
            RetryCommand.class,
            DropCommand.class
        })
final class QuarantineCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new CommandException(
                "Say what to do: './freshet quarantine list', show, retry or drop.");
    }
}

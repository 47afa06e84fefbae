package dev.freshet.cli.quarantine;

import dev.freshet.cli.CommandException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code freshet quarantine}: handles records that could not be processed. */
@Command(
        name = "quarantine",
        mixinStandardHelpOptions = true,
        description = {
            "Lists, shows, retries and drops records that could not be processed, including those that an"
                    + " event source mapping gave up.",
            "Works on the running local cloud, or on AWS with --stack and AWS credentials."
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
                "Name what to do: 'freshet quarantine list', show, retry or drop.");
    }
}

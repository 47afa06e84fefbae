package dev.freshet.cli.keys;

import dev.freshet.cli.CommandException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code freshet keys}: manages the keys of the API. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = {
            "Creates, lists, rotates and revokes the keys that callers of the API send.",
            "Works on the running local cloud, or on AWS with --stack and AWS credentials."
        },
        subcommands = {
            CreateCommand.class,
            ListKeysCommand.class,
            RotateCommand.class,
            RevokeCommand.class,
            TokenCommand.class
        })
final class KeysCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new CommandException(
                "Name what to do: 'freshet keys create', list, rotate, revoke or token.");
    }
}

package dev.freshet.cli.keys;

import dev.freshet.cli.CommandException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code freshet keys}: who may call the API. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = {
            "Makes, lists, rotates and revokes the keys that callers of the API show.",
            "Works on the running local cloud, or on AWS where --keys-table or the environment names"
                    + " a table. See docs/access.md."
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
                "Say what to do: './freshet keys create', list, rotate, revoke or token.");
    }
}

package dev.freshet.demo;

import dev.freshet.cli.CommandProvider;
import dev.freshet.local.command.LocalStackCommand;
import dev.freshet.local.command.UpCommand;
import dev.freshet.local.command.WorkerCommand;
import java.util.List;

/** Provides the commands of the local cloud and of its demo. */
public final class LocalCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(
                new UpCommand(),
                new WorkerCommand(),
                new LocalStackCommand(),
                new DemoCommand(),
                new ExampleCommand());
    }
}

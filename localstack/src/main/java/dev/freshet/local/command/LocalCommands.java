package dev.freshet.local.command;

import dev.freshet.cli.CommandProvider;
import java.util.List;

/** Provides the commands that run the local cloud. */
public final class LocalCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(new UpCommand(), new WorkerCommand(), new LocalStackCommand());
    }
}

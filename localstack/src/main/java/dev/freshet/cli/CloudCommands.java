package dev.freshet.cli;

import java.util.List;

/** The commands of the local cloud itself. */
public final class CloudCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(
                new UpCommand(), new StatusCommand(), new WorkerCommand(), new ReplayCommand());
    }
}

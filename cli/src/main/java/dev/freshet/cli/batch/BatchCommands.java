package dev.freshet.cli.batch;

import dev.freshet.cli.CommandProvider;
import java.util.List;

/** Provides {@code freshet batch}. */
public final class BatchCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(new BatchCommand());
    }
}

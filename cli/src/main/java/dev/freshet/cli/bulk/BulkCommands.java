package dev.freshet.cli.bulk;

import dev.freshet.cli.CommandProvider;
import java.util.List;

/** Provides the command of this package. */
public final class BulkCommands implements CommandProvider {
    @Override
    public List<Object> commands() {
        return List.of(new BulkCommand());
    }
}

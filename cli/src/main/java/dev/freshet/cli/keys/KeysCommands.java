package dev.freshet.cli.keys;

import dev.freshet.cli.CommandProvider;
import java.util.List;

/** Provides {@code freshet keys} and {@code freshet dashboard}. */
public final class KeysCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(new KeysCommand(), new DashboardCommand());
    }
}

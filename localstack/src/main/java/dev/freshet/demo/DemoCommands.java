package dev.freshet.demo;

import dev.freshet.cli.CommandProvider;
import java.util.List;

/** Provider of the command {@code freshet demo}. */
public final class DemoCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(new DemoCommand());
    }
}

package dev.freshet.demo;

import dev.freshet.cli.CommandProvider;
import java.util.List;

/** Provider of the commands {@code freshet demo} and {@code freshet example}. */
public final class DemoCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(new DemoCommand(), new ExampleCommand());
    }
}

package dev.freshet.examplesite;

import dev.freshet.cli.CommandProvider;
import java.util.List;

/** Provider of the command {@code freshet example}. */
public final class ExampleCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(new ExampleCommand());
    }
}

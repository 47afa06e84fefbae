package dev.freshet.cli.experiments;

import dev.freshet.cli.CommandProvider;
import java.util.List;

/** Provides {@code freshet experiments} and {@code freshet rules}. */
public final class ExperimentCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(new ExperimentsCommand(), new RulesCommand());
    }
}

package dev.freshet.cli.cost;

import dev.freshet.cli.CommandProvider;
import java.util.List;

/** Provides the commands of this package. */
public final class CostCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(new CostCommand(), new ScaleCommand());
    }
}

package dev.freshet.bench;

import dev.freshet.bench.evaluate.EvaluateCommand;
import dev.freshet.cli.CommandProvider;
import java.util.List;

/** Provider of the commands {@code freshet bench} and {@code freshet evaluate}. */
public final class BenchCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(new BenchCommand(), new EvaluateCommand());
    }
}

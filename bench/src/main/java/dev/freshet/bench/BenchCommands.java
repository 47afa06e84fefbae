package dev.freshet.bench;

import dev.freshet.bench.baseline.Baselines;
import dev.freshet.bench.evaluate.EvaluateCommand;
import dev.freshet.bench.ope.OpeCommand;
import dev.freshet.cli.CommandProvider;
import java.util.List;

/**
 * Provider of the commands {@code freshet bench}, {@code freshet evaluate} and {@code freshet ope}.
 */
public final class BenchCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(new BenchCommand(), new EvaluateCommand(new Baselines()), new OpeCommand());
    }
}

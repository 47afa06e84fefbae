package dev.freshet.bench;

import dev.freshet.bench.access.AccessCommand;
import dev.freshet.bench.load.LoadCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code freshet bench}: the measurements that this machine can make. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures Freshet on this machine; all but the model in a local cloud of its own that is"
                    + " thrown away afterwards.",
            "Load by others blurs the figures; each result says how loaded the machine was."
        },
        synopsisSubcommandLabel = "WHAT",
        subcommands = {
            FreshnessCommand.class,
            RecommendBenchCommand.class,
            ColdStartCommand.class,
            ModelCommand.class,
            LoadCommand.class,
            AccessCommand.class
        })
final class BenchCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "What to measure: freshness, recommend, coldstart, model, load or access?");
    }
}

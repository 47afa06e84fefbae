package dev.freshet.bench;

import dev.freshet.bench.evaluate.PriorCommand;
import dev.freshet.bench.evaluate.PrivacyCommand;
import dev.freshet.bench.load.LoadCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code freshet bench}: measurements on this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures Freshet on this machine. All measurements except model, input, experiments,"
                    + " prior and privacy use a temporary local cloud.",
            "Other load on the machine distorts the results; each result states the machine's load."
        },
        synopsisSubcommandLabel = "WHAT",
        subcommands = {
            FreshnessCommand.class,
            RecommendBenchCommand.class,
            ColdStartCommand.class,
            ModelCommand.class,
            RebuildCommand.class,
            NeighboursCommand.class,
            LoadCommand.class,
            InputCommand.class,
            ExperimentsBenchCommand.class,
            PriorCommand.class,
            PrivacyCommand.class
        })
final class BenchCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "Name what to measure: freshness, recommend, coldstart, model, rebuild,"
                        + " neighbours, load, input, experiments, prior or privacy.");
    }
}

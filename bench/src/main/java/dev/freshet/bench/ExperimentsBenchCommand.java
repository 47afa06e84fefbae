package dev.freshet.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.experiment.ExperimentFigures;
import dev.freshet.bench.experiment.ShadowRepetition;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.bench.setup.Measurement.Measured;
import dev.freshet.cli.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code freshet bench experiments}: simulates experiments with known truth. */
@Command(
        name = "experiments",
        mixinStandardHelpOptions = true,
        description = {
            "Simulates experiments whose truth is known and analyses them as those of a stack are:"
                    + " how often a conclusion is false, and whether a true difference is found.",
            "Evaluates shadows, a twentieth as many, on twice as many lists as there are users.",
            "Runs in this process, in one thread, without a local cloud."
        })
final class ExperimentsBenchCommand extends Measurement {
    /** Runs for each seed of the simulation of shadows. */
    private static final int SEEDS = 20;

    private static final double SHADOW_TEMPERATURE = 0.15;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description =
                    "Runs of each experiment without a difference; a quarter as many with one."
                            + " Default: ${DEFAULT-VALUE}.")
    private int runs = 2_000;

    @Option(
            names = "--looks",
            paramLabel = "N",
            description = "Looks at the results of each run. Default: ${DEFAULT-VALUE}.")
    private int looks = 100;

    @Option(
            names = "--users",
            paramLabel = "N",
            description = "Users of each arm at the last look. Default: ${DEFAULT-VALUE}.")
    private int users = 10_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Seed of the first run; each run has the next one. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Override
    protected Measured measure() {
        unlessBetween("--runs", runs, 4, 100_000);
        unlessBetween("--looks", looks, 1, 1_000);
        unlessBetween("--users", users, 100, 1_000_000);
        long start = clock.millis();
        ExperimentFigures figures =
                ExperimentFigures.of(
                        new ExperimentFigures.Size(runs, looks, users, Math.max(1, runs / 2), seed),
                        output::note);
        output.note("Shadows");
        ShadowRepetition.Size lists =
                new ShadowRepetition.Size(2 * users, Math.max(1, runs / SEEDS), seed);
        ShadowRepetition drawn = ShadowRepetition.of(SHADOW_TEMPERATURE, lists);
        ShadowRepetition best = ShadowRepetition.of(0, lists);
        double seconds = (clock.millis() - start) / 1_000.0;
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("runs", runs)
                        .put("looks", looks)
                        .put("users", users)
                        .put("seed", seed);
        figures.writeTo(json);
        json.putPOJO("shadow", drawn).putPOJO("bestFirstShadow", best).put("seconds", seconds);
        Text text = new Text();
        figures.addTo(text);
        drawn.addTo(text, "shadow");
        best.addTo(text, "bestFirst");
        text.add(
                "%,d runs of %d looks, %,d users an arm, seeds from %d; %.0f s",
                runs, looks, users, seed, seconds);
        return new Measured(json, text);
    }
}

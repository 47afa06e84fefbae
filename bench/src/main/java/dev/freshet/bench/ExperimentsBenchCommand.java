package dev.freshet.bench;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.freshet.bench.experiment.ExperimentFigures;
import dev.freshet.bench.experiment.ShadowRepetition;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.bench.setup.Measurement.Measured;
import dev.freshet.bench.setup.Stopwatch;
import dev.freshet.console.Text;
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

    private static final String EXPERIMENTS =
            """
            falseAlarms   {falseAlarms:8.4f}  conclusions without a difference, at any look
              clicks      {/scenarios/clicks/decided:8.4f}  users arrive evenly
              atOnce      {/scenarios/everybodyAtOnce/decided:8.4f}  everybody is enrolled at the start
              revenue     {/scenarios/revenue/decided:8.4f}  1 % buy, lognormal amounts
            peekedZ       {peekedZ:8.4f}  the usual test, looked at as often
            lookedOnceZ   {/scenarios/clicks/lookedOnceZ:8.4f}  the usual test, at the last look only
            coverage      {coverage:8.4f}  the true difference inside at every look
            power10       {power10:8.4f}  a tenth more clicks is found by the plan
            srmFalse      {srmFalse:8.4f}  alarms about a right split
            srmFound      {srmFound:8.4f}  alarms about 51 to 49, by 60,000 users""";

    /** Lines about a shadow, by its name on nine characters and its member. */
    private static final String SHADOW =
            """
            %1$s     {/%2$s/error:8.4f}  largest error of an estimate, relative to the truth
              bias        {/%2$s/bias:8.4f}  mean error
              coverage    {/%2$s/coverage:8.4f}  the truth inside the interval
              refused     {/%2$s/refused:8.4f}  seeds without an estimate
              effective   {/%2$s/effective:8.4f}  lists of the shadow among those drawn, at the top
              places      {/%2$s/places:8.4f}  places from the top that could be evaluated""";

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

    private record Figures(
            @JsonUnwrapped ExperimentFigures experiments,
            ShadowRepetition shadow,
            ShadowRepetition bestFirstShadow,
            double seconds) {}

    @Override
    protected Measured measure() {
        unlessBetween("--runs", runs, 4, 100_000);
        unlessBetween("--looks", looks, 1, 1_000);
        unlessBetween("--users", users, 100, 1_000_000);
        Stopwatch stopwatch = new Stopwatch();
        ExperimentFigures figures =
                ExperimentFigures.of(
                        new ExperimentFigures.Size(runs, looks, users, Math.max(1, runs / 2), seed),
                        output::note);
        output.note("Shadows");
        ShadowRepetition.Size lists =
                new ShadowRepetition.Size(2 * users, Math.max(1, runs / SEEDS), seed);
        ShadowRepetition drawn = ShadowRepetition.of(SHADOW_TEMPERATURE, lists);
        ShadowRepetition best = ShadowRepetition.of(0, lists);
        Figures all = new Figures(figures, drawn, best, stopwatch.seconds());
        return measured(all, new Text())
                .lines(
                        EXPERIMENTS,
                        SHADOW.formatted("shadow   ", "shadow"),
                        SHADOW.formatted("bestFirst", "bestFirstShadow"),
                        "{runs:,d} runs of {looks} looks, {users:,d} users an arm, seeds from"
                                + " {seed}; {seconds:.0f} s");
    }
}

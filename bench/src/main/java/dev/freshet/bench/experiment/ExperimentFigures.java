package dev.freshet.bench.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.freshet.event.EventTypes;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.ExperimentReader;
import dev.freshet.statistics.SampleRatio;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * How experiments are concluded where the truth is known, as shares of simulated runs.
 *
 * @param srmFalse alarms about a right split
 * @param srmFound alarms about a split of 51 to 49
 */
@JsonPropertyOrder({"falseAlarms", "peekedZ", "coverage", "power10"})
public record ExperimentFigures(double srmFalse, double srmFound, Scenarios scenarios) {
    private static final double LIFT = 1.1;
    private static final double SIGMA = 1.8;

    /** Users of both arms of a split, at the last look. */
    private static final int SPLIT_USERS = 60_000;

    private static final double WRONG_SHARE = 0.51;
    private static final double[] INTENDED = {0.5, 0.5};

    private static final String DEFINITION =
            """
            {"id":"simulated","version":1,"status":"running","layer":"simulation","salt":"run",
             "plannedUsers":PLANNED,
             "arms":[{"id":"control","weight":0.5},{"id":"other","weight":0.5}],
             "metrics":{"primary":"METRIC","currency":"EUR"}}
            """;

    /**
     * How much is simulated.
     *
     * @param runs of each experiment without a difference; a quarter of them with one
     * @param looks of each run
     * @param users of each arm, at the last look; both arms' users are planned
     * @param splitRuns of each of the two splits
     * @param seed of the first run of each experiment
     */
    public record Size(int runs, int looks, int users, int splitRuns, long seed) {}

    /**
     * The simulated experiments.
     *
     * @param clicks no difference, users arrive evenly, share of lists clicked
     * @param everybodyAtOnce no difference, everybody is enrolled at the start
     * @param revenue no difference, revenue of users of whom 1 % buy
     * @param tenthMoreClicks the click rate of the other arm is a tenth higher
     */
    record Scenarios(
            Repetition clicks,
            Repetition everybodyAtOnce,
            Repetition revenue,
            Repetition tenthMoreClicks) {}

    /** Simulates all of it. */
    public static ExperimentFigures of(Size size, Consumer<String> progress) {
        Experiment ctr = experiment("listCtr", size);
        progress.accept("Share of lists clicked, users arrive evenly");
        Repetition clicks = Repetition.of(ctr, Population.steadyClicks(1), 0, size.runs(), size);
        progress.accept("Share of lists clicked, everybody at once");
        Repetition atOnce = Repetition.of(ctr, Population.everybodyAtOnce(), 0, size.runs(), size);
        progress.accept("Revenue");
        Repetition revenue =
                Repetition.of(
                        experiment("revenuePerUser", size),
                        Population.steadyPurchases(SIGMA),
                        0,
                        size.runs(),
                        size);
        progress.accept("A tenth more clicks");
        Repetition lifted =
                Repetition.of(
                        ctr,
                        Population.steadyClicks(LIFT),
                        (LIFT - 1) * Population.Clicks.MEAN_RATE,
                        Math.max(1, size.runs() / 4),
                        size);
        progress.accept("Splits");
        return new ExperimentFigures(
                splitAlarms(0.5, size),
                splitAlarms(WRONG_SHARE, size),
                new Scenarios(clicks, atOnce, revenue, lifted));
    }

    /**
     * Returns the share of runs with an alarm at any look.
     *
     * @param share true share of users who arrive in the first of two arms, of which one half is
     *     intended
     */
    private static double splitAlarms(double share, Size size) {
        int alarms = 0;
        for (int run = 0; run < size.splitRuns; run++) {
            SplittableRandom random = new SplittableRandom(size.seed + run);
            long[] counts = new long[2];
            boolean alarm = false;
            for (int look = 0; look < size.looks && !alarm; look++) {
                int arriving =
                        SPLIT_USERS * (look + 1) / size.looks - SPLIT_USERS * look / size.looks;
                for (int user = 0; user < arriving; user++) {
                    counts[random.nextDouble() < share ? 0 : 1]++;
                }
                alarm = SampleRatio.alarms(counts, INTENDED);
            }
            alarms += alarm ? 1 : 0;
        }
        return (double) alarms / size.splitRuns;
    }

    private static Experiment experiment(String metric, Size size) {
        return ExperimentReader.read(
                DEFINITION
                        .replace("PLANNED", Integer.toString(2 * size.users()))
                        .replace("METRIC", metric)
                        .getBytes(StandardCharsets.UTF_8),
                EventTypes.BUILT_IN);
    }

    /** Returns the highest share of false conclusions of the experiments without a difference. */
    @JsonProperty
    public double falseAlarms() {
        return Math.max(
                scenarios.clicks.decided(),
                Math.max(scenarios.everybodyAtOnce.decided(), scenarios.revenue.decided()));
    }

    /** Returns the share of runs in which the usual test, looked at as often, was significant. */
    @JsonProperty
    public double peekedZ() {
        return scenarios.clicks.peekedZ();
    }

    /** Returns the share of runs whose interval held the true difference at every look. */
    @JsonProperty
    public double coverage() {
        return scenarios.tenthMoreClicks.covered();
    }

    /** Returns the share of runs in which a tenth more clicks is found by the plan. */
    @JsonProperty
    public double power10() {
        return scenarios.tenthMoreClicks.better();
    }
}

package dev.freshet.bench.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.event.EventTypes;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.ExperimentReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How experiments are concluded where the truth is known, as shares of simulated runs.
 *
 * @param clicks no difference, users arrive evenly, share of lists clicked
 * @param atOnce no difference, everybody is enrolled at the start
 * @param revenue no difference, revenue of users of whom 1 % buy
 * @param lifted the click rate of the other arm is a tenth higher
 * @param srmFalse alarms about a right split
 * @param srmFound alarms about a split of 51 to 49
 */
public record ExperimentFigures(
        Repetition clicks,
        Repetition atOnce,
        Repetition revenue,
        Repetition lifted,
        double srmFalse,
        double srmFound) {
    private static final double LIFT = 1.1;
    private static final double SIGMA = 1.8;
    private static final int SPLIT_USERS = 60_000;
    private static final double WRONG_SHARE = 0.51;

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

    /** Simulates all of it. */
    public static ExperimentFigures of(Size size, Consumer<String> progress) {
        Experiment ctr = experiment("listCtr", size);
        progress.accept("Share of lists clicked, users arrive evenly");
        Repetition clicks = repeat(ctr, Population.steadyClicks(1), 0, size.runs(), size);
        progress.accept("Share of lists clicked, everybody at once");
        Repetition atOnce = repeat(ctr, Population.everybodyAtOnce(), 0, size.runs(), size);
        progress.accept("Revenue");
        Repetition revenue =
                repeat(
                        experiment("revenuePerUser", size),
                        Population.steadyPurchases(SIGMA),
                        0,
                        size.runs(),
                        size);
        progress.accept("A tenth more clicks");
        Repetition lifted =
                repeat(
                        ctr,
                        Population.steadyClicks(LIFT),
                        (LIFT - 1) * Clicks.MEAN_RATE,
                        Math.max(1, size.runs() / 4),
                        size);
        progress.accept("Splits");
        return new ExperimentFigures(
                clicks,
                atOnce,
                revenue,
                lifted,
                SplitRepetition.alarms(
                        0.5, size.splitRuns(), size.looks(), SPLIT_USERS, size.seed()),
                SplitRepetition.alarms(
                        WRONG_SHARE, size.splitRuns(), size.looks(), SPLIT_USERS, size.seed()));
    }

    private static Repetition repeat(
            Experiment experiment, Population.Maker people, double truth, int runs, Size size) {
        return Repetition.of(
                experiment, people, truth, runs, size.looks(), size.users(), size.seed());
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
    public double falseAlarms() {
        return Math.max(clicks.decided(), Math.max(atOnce.decided(), revenue.decided()));
    }

    /** Returns the share of runs whose interval held the true difference at every look. */
    public double coverage() {
        return lifted.covered();
    }

    /** Adds the figures to an answer. */
    public void writeTo(ObjectNode json) {
        json.put("falseAlarms", falseAlarms())
                .put("peekedZ", clicks.peekedZ())
                .put("coverage", coverage())
                .put("power10", lifted.better())
                .put("srmFalse", srmFalse)
                .put("srmFound", srmFound);
        ObjectNode scenarios = json.putObject("scenarios");
        write(scenarios.putObject("clicks"), clicks);
        write(scenarios.putObject("everybodyAtOnce"), atOnce);
        write(scenarios.putObject("revenue"), revenue);
        write(scenarios.putObject("tenthMoreClicks"), lifted);
    }

    private static void write(ObjectNode json, Repetition repetition) {
        json.put("decided", repetition.decided())
                .put("better", repetition.better())
                .put("covered", repetition.covered())
                .put("peekedZ", repetition.peekedZ())
                .put("lookedOnceZ", repetition.lookedOnce());
    }

    /** Returns the figures as lines for people. */
    public List<String> lines() {
        return List.of(
                line("falseAlarms", falseAlarms(), "conclusions without a difference, at any look"),
                line("  clicks", clicks.decided(), "users arrive evenly"),
                line("  atOnce", atOnce.decided(), "everybody is enrolled at the start"),
                line("  revenue", revenue.decided(), "1 % buy, lognormal amounts"),
                line("peekedZ", clicks.peekedZ(), "the usual test, looked at as often"),
                line("lookedOnceZ", clicks.lookedOnce(), "the usual test, at the last look only"),
                line("coverage", coverage(), "the true difference inside at every look"),
                line("power10", lifted.better(), "a tenth more clicks is found by the plan"),
                line("srmFalse", srmFalse, "alarms about a right split"),
                line("srmFound", srmFound, "alarms about 51 to 49, by 60,000 users"));
    }

    private static String line(String name, double share, String what) {
        return String.format(Locale.ROOT, "%-14s%8.4f  %s", name, share, what);
    }
}

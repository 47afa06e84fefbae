package dev.freshet.bench;

import dev.freshet.aws.option.StackSettings;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.bench.setup.Measurement.Measured;
import dev.freshet.bench.setup.NewspaperOptions;
import dev.freshet.bench.setup.ScratchCloud;
import dev.freshet.console.CommandException;
import dev.freshet.console.Progress;
import dev.freshet.console.Text;
import dev.freshet.demo.DemoSummary;
import dev.freshet.demo.Latencies;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code freshet bench freshness}: measures how soon a recommendation includes an
 * accepted event.
 */
@Command(
        name = "freshness",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how soon an accepted event is included in the recommendations of its user,"
                    + " and, through the model, in those of all users.",
            "Simulated users act at a steady rate; times run from the 202 response at the client.",
            "With --pairs it compares clouds with a lake, which reads the stream of events as well, to"
                    + " clouds without."
        })
final class FreshnessCommand extends Measurement {
    private static final int MAX_SECONDS = 3600;
    private static final int MAX_RATE = 1000;
    private static final int MAX_PAIRS = 50;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Duration of the simulation. Default: ${DEFAULT-VALUE}.")
    private int seconds = 60;

    @Option(
            names = "--rate",
            paramLabel = "EVENTS_PER_S",
            description = "Total events per second of all users. Default: ${DEFAULT-VALUE}.")
    private double rate = 50;

    @Mixin private final NewspaperOptions newspaper = new NewspaperOptions();

    @Option(
            names = "--pairs",
            paramLabel = "N",
            description =
                    "Runs N clouds with a lake and N without in turn, the two of a pair with one seed.")
    private int pairs;

    private record Figures(
            Distribution userFreshnessMs,
            Distribution modelFreshnessMs,
            long eventsAccepted,
            long lost,
            long duplicated,
            long unseen) {}

    @Override
    protected Measured measure() throws InterruptedException {
        unlessBetween("--seconds", seconds, 1, MAX_SECONDS);
        if (!(rate > 0 && rate <= MAX_RATE)) {
            throw new CommandException("--rate must be above 0 and at most " + MAX_RATE + ".");
        }
        unlessBetween("--pairs", pairs, 0, MAX_PAIRS);
        if (pairs > 0) {
            return compare();
        }
        try (ScratchCloud scratch = new ScratchCloud(clock, output::note);
                Progress progress = output.progress("Simulating users, seconds", seconds)) {
            return report(scratch.demo(newspaper.seed(), seconds, rate, progress::at));
        }
    }

    /** Runs pairs, of which every other one begins with the lake. */
    private Measured compare() throws InterruptedException {
        FreshnessPairs compared = new FreshnessPairs();
        for (int i = 0; i < pairs; i++) {
            long seed = newspaper.seed() + i;
            boolean lakeFirst = i % 2 == 1;
            Run first = run(seed, lakeFirst);
            Run second = run(seed, !lakeFirst);
            Run with = lakeFirst ? first : second;
            Run without = lakeFirst ? second : first;
            compared.add(seed, without.freshness(), with.freshness(), load(), with.arrivals());
        }
        return measured(compared.figures(), compared.text());
    }

    private record Run(Latencies freshness, long arrivals) {}

    private Run run(long ofSeed, boolean lake) throws InterruptedException {
        StackSettings settings = StackSettings.of(lake ? Map.of("lake", "true") : Map.of());
        try (ScratchCloud scratch = new ScratchCloud(settings, clock, output::note);
                Progress progress =
                        output.progress(
                                "Seed %d %s a lake, seconds"
                                        .formatted(ofSeed, lake ? "with" : "without"),
                                seconds)) {
            DemoSummary summary = scratch.demo(ofSeed, seconds, rate, progress::at);
            return new Run(summary.userFreshness(), lake ? scratch.arrivals() : 0);
        }
    }

    private Measured report(DemoSummary summary) {
        Distribution user = Distribution.of(summary.userFreshness());
        Distribution model = Distribution.of(summary.modelFreshness());
        Figures figures =
                new Figures(
                        user,
                        model,
                        summary.eventsAccepted(),
                        summary.lost(),
                        summary.duplicated(),
                        summary.unseen());
        Text text =
                Distribution.heading()
                        .add("%s", user.toText("same user"))
                        .add("%s", model.toText("all users (model)"));
        return measured(figures, text)
                .lines(
                        "{eventsAccepted:,d} events accepted; {lost} lost, {duplicated} duplicated,"
                                + " {unseen} never seen");
    }
}
